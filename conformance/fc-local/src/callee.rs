//! What answers a call: a built-in function, or one of the user's own.

use std::borrow::Cow;
use std::sync::Arc;

use super::functions::{FunctionTable, OwnFunction};
use super::resource_names::ResourceNames;
use super::route::Route;
use super::scenario::Scenario;

/// What answers a call.
#[derive(Debug, Clone)]
pub(super) enum Callee {
    BuiltIn(&'static Scenario),
    /// A function of the table of own functions.
    Own(Arc<OwnFunction>),
    Unknown,
}

impl Callee {
    /// The function that a request names. Own functions hide built-in ones with the same name.
    pub(super) fn of(route: &Route, own: &FunctionTable) -> Self {
        let named = route.named();
        if let Some(function) = named.and_then(|named| own.find(named)) {
            return Self::Own(function);
        }
        let built_in = named.map(ResourceNames::own_function);
        match built_in.and_then(Scenario::named) {
            Some(scenario) => Self::BuiltIn(scenario),
            None => Self::Unknown,
        }
    }

    /// The built-in function, also if an own function stands for it.
    pub(super) fn scenario(&self) -> Option<&'static Scenario> {
        match self {
            Self::BuiltIn(scenario) => Some(scenario),
            Self::Own(function) => function.built_in(),
            Self::Unknown => None,
        }
    }

    pub(super) fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown)
    }

    /// The name in the ids of results.
    pub(super) fn label(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::BuiltIn(scenario) => Some(Cow::Borrowed(scenario.name)),
            Self::Own(function) => Some(Cow::Owned(function.label())),
            Self::Unknown => None,
        }
    }
}
