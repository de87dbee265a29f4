//! The table of own functions.

use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, PoisonError, RwLock};

use crate::resource_names::ResourceNames;
use crate::scenario::Scenario;

use super::behaviour::{Behaviour, Kind};
use super::behaviour_error::BehaviourError;
use super::call::Call;
use super::function::Function;
use super::function_name::FunctionName;
use super::next_answers::{NextAnswer, NextAnswers};
use super::reply::Reply;
use super::settings::FunctionSettings;

/// A function of the table.
#[derive(Debug)]
pub(crate) struct OwnFunction {
    pub(crate) name: FunctionName,
    pub(crate) behaviour: Behaviour,
    pub(crate) settings: FunctionSettings,
    next_answers: NextAnswers,
    /// Whether it exists only because it was given answers: it is removed with them.
    is_made_for_answers: bool,
}

impl OwnFunction {
    fn new(name: FunctionName, behaviour: Behaviour, settings: FunctionSettings) -> Self {
        Self {
            name,
            behaviour,
            settings: settings.within_limits(),
            next_answers: NextAnswers::default(),
            is_made_for_answers: false,
        }
    }

    /// The name as a part of the id of a result.
    pub(crate) fn label(&self) -> String {
        self.name.label()
    }

    /// The built-in function that answers instead. Answers for the next calls hide it.
    pub(crate) fn built_in(&self) -> Option<&'static Scenario> {
        match self.behaviour.0 {
            _ if !self.next_answers.is_empty() => None,
            Kind::BuiltIn(scenario) => Some(scenario),
            Kind::Own(..) | Kind::Forwarded(..) => None,
        }
    }

    fn code(&self) -> Option<&dyn Function> {
        match &self.behaviour.0 {
            Kind::BuiltIn(_) => None,
            Kind::Own(function, _) => Some(function.as_ref()),
            Kind::Forwarded(function, _) => Some(function.as_ref()),
        }
    }

    /// Runs the function. A panic of its code is a function error.
    pub(crate) fn call(&self, call: &Call) -> Reply {
        if let Some(reply) = self.next_answers.take(call) {
            return reply;
        }
        // Another call took the last answer in this moment, or a built-in function is run again in the background.
        let built_in = || Reply::success(call.payload.clone());
        let ran = panic::catch_unwind(AssertUnwindSafe(|| {
            let code = self.code();
            code.map_or_else(built_in, |code| code.call(call))
        }));
        ran.unwrap_or_else(|_| {
            let mut reply = Reply::function_error(
                "UnhandledInvocationError",
                "the code of the function panicked; the message is on standard error",
            );
            let remark = "the code of the function panicked: a function error";
            reply.remarks.push(remark.to_owned());
            reply
        })
    }

    fn start_again(&self) {
        self.next_answers.set(Vec::new());
        if let Some(code) = self.code() {
            code.start_again();
        }
    }
}

/// Functions of the user's own, by name.
#[derive(Debug, Clone, Default)]
pub struct Functions(Vec<Arc<OwnFunction>>);

impl Functions {
    /// Adds a function.
    ///
    /// # Errors
    ///
    /// When a function with this name was added before.
    pub fn add(
        &mut self,
        name: FunctionName,
        behaviour: Behaviour,
        settings: FunctionSettings,
    ) -> Result<(), DuplicateFunction> {
        if self.0.iter().any(|other| other.name == name) {
            return Err(DuplicateFunction(name));
        }
        self.put(name, behaviour, settings);
        Ok(())
    }

    /// Adds a function, or replaces the one with this name.
    fn put(&mut self, name: FunctionName, behaviour: Behaviour, settings: FunctionSettings) {
        self.insert(OwnFunction::new(name, behaviour, settings));
    }

    fn insert(&mut self, function: OwnFunction) {
        self.0.retain(|other| other.name != function.name);
        let parts = function.name.parts();
        let place = self.0.partition_point(|other| other.name.parts() >= parts);
        self.0.insert(place, Arc::new(function));
    }

    /// Starts what the functions need, e.g. the servers with a command. A second call changes nothing.
    ///
    /// [`Server::start`](crate::Server::start) calls it.
    ///
    /// # Errors
    ///
    /// The first reason why a function cannot be played. What was started is ended.
    pub fn begin(&self) -> Result<(), BehaviourError> {
        for function in &self.0 {
            if let Some(Err(problem)) = function.code().map(Function::begin) {
                self.end();
                let problem = format!("the function {}: {problem}", function.name);
                return Err(BehaviourError(problem));
            }
        }
        Ok(())
    }

    fn end(&self) {
        for function in &self.0 {
            if let Some(code) = function.code() {
                code.end();
            }
        }
    }

    /// Sets the answers for the next calls of a name. A function that does not exist is made: after its answers it behaves
    /// like the function that the name had before, or refuses.
    fn answer_next(&mut self, name: &FunctionName, answers: Vec<NextAnswer>) {
        if let Some(function) = self.0.iter().find(|other| other.name == *name) {
            function.next_answers.set(answers);
            return;
        }
        let like = name.example();
        let before = like.as_ref().and_then(|like| self.find(like));
        let (behaviour, settings) = if let Some(before) = before {
            (before.behaviour.clone(), before.settings.clone())
        } else {
            let built_in = like.as_ref().map(ResourceNames::own_function);
            let behaviour = match built_in.and_then(Scenario::named) {
                Some(scenario) => Behaviour(Kind::BuiltIn(scenario)),
                None => Behaviour::no_more_answers(),
            };
            (behaviour, FunctionSettings::default())
        };
        let mut function = OwnFunction::new(name.clone(), behaviour, settings);
        function.is_made_for_answers = true;
        function.next_answers.set(answers);
        self.insert(function);
    }

    fn find(&self, called: &ResourceNames) -> Option<&Arc<OwnFunction>> {
        self.0.iter().find(|function| function.name.matches(called))
    }
}

/// Two functions with the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateFunction(FunctionName);

impl fmt::Display for DuplicateFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the function {} is defined twice; remove one", self.0)
    }
}

impl std::error::Error for DuplicateFunction {}

/// The table of a running server, which can change.
#[derive(Debug, Default)]
pub(crate) struct FunctionTable {
    functions: RwLock<Functions>,
    /// The functions at the start. They may have started programs, also if they were replaced.
    initial: Functions,
}

impl FunctionTable {
    pub(crate) fn new(functions: Functions) -> Self {
        Self {
            initial: functions.clone(),
            functions: RwLock::new(functions),
        }
    }

    /// The function that answers a call.
    pub(crate) fn find(&self, called: &ResourceNames) -> Option<Arc<OwnFunction>> {
        let functions = self
            .functions
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        functions.find(called).map(Arc::clone)
    }

    /// Adds a function, or replaces the one with this name.
    pub(crate) fn put(&self, name: FunctionName, behaviour: Behaviour, settings: FunctionSettings) {
        let mut functions = self
            .functions
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        functions.put(name, behaviour, settings);
    }

    /// Ends what the functions have started.
    pub(crate) fn end(&self) {
        // Without the lock: the end of a process takes time.
        let functions = self
            .functions
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        functions.end();
        self.initial.end();
    }

    /// The names of the table that have this function.
    pub(crate) fn names_with(&self, function: &str) -> Vec<String> {
        let functions = self
            .functions
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let rows = functions.0.iter();
        let rows = rows.filter(|row| row.name.function() == Some(function));
        rows.map(|row| format!("`{}`", row.name)).collect()
    }

    /// The function of each name, without service and qualifier.
    pub(crate) fn function_names(&self) -> Vec<String> {
        let functions = self
            .functions
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let names = functions.0.iter().map(|row| row.name.function());
        names.flatten().map(str::to_owned).collect()
    }

    /// Sets the answers for the next calls of a name.
    pub(crate) fn answer_next(&self, name: &FunctionName, answers: Vec<NextAnswer>) {
        let mut functions = self
            .functions
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        functions.answer_next(name, answers);
    }

    /// Removes the answers for the next calls, with the functions that exist only for them, and starts scripts again.
    pub(crate) fn start_again(&self) {
        let mut functions = self
            .functions
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        functions.0.retain(|function| !function.is_made_for_answers);
        for function in &functions.0 {
            function.start_again();
        }
    }

    /// The behaviour with this text, if a function of the table has it, or had it at the start.
    pub(crate) fn behaviour(&self, text: &str) -> Option<Behaviour> {
        let functions = self
            .functions
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let mut functions = functions.0.iter().chain(&self.initial.0);
        functions.find_map(|function| {
            let behaviour = &function.behaviour;
            (behaviour.written() == text).then(|| behaviour.clone())
        })
    }

    /// The name and the behaviour of each function, in the order in which they are asked.
    pub(crate) fn rows(&self) -> Vec<(String, String)> {
        let functions = self
            .functions
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let rows = functions.0.iter();
        rows.map(|row| (row.name.to_string(), row.behaviour.to_string()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Behaviour, FunctionSettings, FunctionTable, Functions};
    use crate::resource_names::ResourceNames;

    #[test]
    #[cfg(unix)]
    fn a_behaviour_of_the_table_is_found_by_the_text_that_was_written() {
        for text in [
            "echo",
            "body:a",
            "exec:true",
            "start:true",
            "http://127.0.0.1:9000",
        ] {
            let mut functions = Functions::default();
            let behaviour: Behaviour = text.parse().unwrap();
            let settings = FunctionSettings::default();
            let name = "f".parse().unwrap();
            functions.add(name, behaviour, settings).unwrap();
            let table = FunctionTable::new(functions);
            assert!(table.behaviour(text).is_some(), "{text}");
            assert!(table.behaviour("exec:id").is_none());
        }
    }

    #[test]
    fn the_name_with_the_most_parts_answers() {
        let mut functions = Functions::default();
        for name in ["*", "f", "s/f.prod", "s/f"] {
            let behaviour: Behaviour = format!("body:{name}").parse().unwrap();
            let name = name.parse().unwrap();
            functions
                .add(name, behaviour, FunctionSettings::default())
                .unwrap();
        }
        for (service, function, qualifier, expected) in [
            ("s", "f", Some("prod"), "s/f.prod"),
            ("s", "f", None, "s/f"),
            ("t", "f", Some("prod"), "f"),
            ("s", "g", None, "*"),
        ] {
            let called = ResourceNames {
                revision: "2021-04-06",
                service: Some(service.to_owned()),
                function: function.to_owned(),
                qualifier: qualifier.map(str::to_owned),
            };
            let found = functions.find(&called).unwrap();
            assert_eq!(found.name.to_string(), expected);
        }
        let again = functions.add(
            "f".parse().unwrap(),
            "echo".parse().unwrap(),
            FunctionSettings::default(),
        );
        assert_eq!(
            again.unwrap_err().to_string(),
            "the function f is defined twice; remove one"
        );
    }
}
