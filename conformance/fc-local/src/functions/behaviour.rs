//! What a function of the table does, and its text: `echo`, `body:TEXT` and the like.

use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use fcgate_text::suggestion::most_similar;

use crate::scenario::{SCENARIOS, Scenario};

use super::body::Body;
use super::from_file::{self, FromFile};
use super::script::Script;
use super::service_refusal::ServiceRefusal;
use super::table::Function;

/// The forms of behaviours that are not built in.
const FORMS: &str = "body:TEXT, file:PATH, error:STATUS:CODE, script:FILE";

/// What a function of the table does.
///
/// ```
/// use fc_local::{Behaviour, Call, Reply};
///
/// let built_in: Behaviour = "echo".parse()?;
/// let fixed: Behaviour = "body:done".parse()?;
/// let own = Behaviour::of(|call: &Call| Reply::success(call.text().to_uppercase()));
/// # let _ = (built_in, fixed, own);
/// # Ok::<(), fc_local::BehaviourError>(())
/// ```
#[derive(Clone)]
pub struct Behaviour(pub(crate) Kind);

#[derive(Clone)]
pub(crate) enum Kind {
    /// A function that the server has.
    BuiltIn(&'static Scenario),
    /// Code, with its text in the table.
    Own(Arc<dyn Function>, String),
}

impl Behaviour {
    /// A function whose calls run this code.
    pub fn of(function: impl Function + 'static) -> Self {
        Self::own(function, "code of the program")
    }

    fn own(function: impl Function + 'static, text: impl Into<String>) -> Self {
        Self(Kind::Own(Arc::new(function), text.into()))
    }
}

impl fmt::Display for Behaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::BuiltIn(scenario) => f.write_str(scenario.name),
            Kind::Own(_, text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for Behaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Behaviour({self})")
    }
}

/// A text that is not a behaviour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehaviourError(String);

impl fmt::Display for BehaviourError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BehaviourError {}

impl FromStr for Behaviour {
    type Err = BehaviourError;

    fn from_str(text: &str) -> Result<Self, BehaviourError> {
        Self::read(text, Path::new(""))
    }
}

impl Behaviour {
    /// Reads the text of a behaviour; the paths in it are relative to this folder.
    ///
    /// # Errors
    ///
    /// When the text is not a behaviour, and when the file that it names cannot be read or has a mistake.
    pub fn read(text: &str, folder: &Path) -> Result<Self, BehaviourError> {
        let Some((kind, rest)) = text.split_once(':') else {
            let scenario = Scenario::named(text).ok_or_else(|| unknown(text))?;
            return Ok(Self(Kind::BuiltIn(scenario)));
        };
        let behaviour = match kind {
            "body" => Ok(Self::own(Body(rest.to_owned()), text)),
            "file" => FromFile::open(folder.join(rest)).map(|file| Self::own(file, text)),
            "error" => ServiceRefusal::read(rest).map(|refusal| Self::own(refusal, text)),
            "script" => read_script(&folder.join(rest)).map(|script| Self::own(script, text)),
            _ => return Err(unknown(text)),
        };
        behaviour.map_err(BehaviourError)
    }
}

/// Reads a script from a file.
fn read_script(path: &Path) -> Result<Script, String> {
    let shown = path.display();
    let content = String::from_utf8(from_file::read(path)?)
        .map_err(|_| format!("{shown}: expected UTF-8 text"))?;
    Script::read(&content).map_err(|error| format!("{shown}:{error}"))
}

fn unknown(text: &str) -> BehaviourError {
    let names: Vec<&str> = SCENARIOS.iter().map(|scenario| scenario.name).collect();
    let shown = fcgate_text::visible::line(text, 60);
    let hint = match most_similar(text, names.into_iter()) {
        Some(name) => format!("; did you mean '{name}'?"),
        None => String::new(),
    };
    BehaviourError(format!(
        "expected a built-in function (such as echo) or one of {FORMS}, found '{shown}'{hint}"
    ))
}
