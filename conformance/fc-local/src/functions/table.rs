//! The table of own functions.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use crate::resource_names::ResourceNames;
use crate::scenario::Scenario;

use super::behaviour::{Behaviour, Kind};
use super::call::Call;
use super::function_name::FunctionName;
use super::reply::Reply;
use super::settings::FunctionSettings;

/// The code of a function. It is called by several threads at a time.
pub trait Function: Send + Sync {
    /// Answers one call.
    fn call(&self, call: &Call) -> Reply;
}

impl<F: Fn(&Call) -> Reply + Send + Sync> Function for F {
    fn call(&self, call: &Call) -> Reply {
        self(call)
    }
}

/// A function of the table.
#[derive(Debug)]
pub(crate) struct OwnFunction {
    pub(crate) name: FunctionName,
    pub(crate) behaviour: Behaviour,
    pub(crate) settings: FunctionSettings,
}

impl OwnFunction {
    /// The name as a part of the id of a result.
    pub(crate) fn label(&self) -> String {
        self.name.label()
    }

    /// The built-in function that answers instead.
    pub(crate) fn built_in(&self) -> Option<&'static Scenario> {
        match self.behaviour.0 {
            Kind::BuiltIn(scenario) => Some(scenario),
            Kind::Own(..) => None,
        }
    }

    /// Runs the function.
    pub(crate) fn call(&self, call: &Call) -> Reply {
        match &self.behaviour.0 {
            Kind::BuiltIn(_) => Reply::success(Vec::new()),
            Kind::Own(function, _) => function.call(call),
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
        self.0.retain(|other| other.name != name);
        let parts = name.parts();
        let place = self.0.partition_point(|other| other.name.parts() >= parts);
        let function = OwnFunction {
            name,
            behaviour,
            settings,
        };
        self.0.insert(place, Arc::new(function));
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
pub(crate) struct FunctionTable(RwLock<Functions>);

impl FunctionTable {
    pub(crate) fn new(functions: Functions) -> Self {
        Self(RwLock::new(functions))
    }

    /// The function that answers a call.
    pub(crate) fn find(&self, called: &ResourceNames) -> Option<Arc<OwnFunction>> {
        let functions = self.0.read().unwrap_or_else(PoisonError::into_inner);
        functions.find(called).map(Arc::clone)
    }

    /// Adds a function, or replaces the one with this name.
    pub(crate) fn put(&self, name: FunctionName, behaviour: Behaviour, settings: FunctionSettings) {
        let mut functions = self.0.write().unwrap_or_else(PoisonError::into_inner);
        functions.put(name, behaviour, settings);
    }

    /// The name and the behaviour of each function, in the order in which they are asked.
    pub(crate) fn rows(&self) -> Vec<(String, String)> {
        let functions = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let rows = functions.0.iter();
        rows.map(|row| (row.name.to_string(), row.behaviour.to_string()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Behaviour, FunctionSettings, Functions};
    use crate::resource_names::ResourceNames;

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
