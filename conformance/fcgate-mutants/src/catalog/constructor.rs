//! Defines constructors of mutants, one for each kind of mistake.

/// Defines a constructor of mutants whose mistake is made from one function.
macro_rules! constructor {
    ($(#[$doc:meta])* $name:ident, |$change:ident: $function:ty| $mistake:expr) => {
        $(#[$doc])*
        pub(super) const fn $name(
            code: &'static str,
            name: &'static str,
            summary: &'static str,
            requirements: &'static [&'static str],
            $change: $function,
        ) -> $crate::mutant::Mutant {
            $crate::mutant::Mutant::new(code, name, summary, requirements, $mistake)
        }
    };
}

pub(super) use constructor;
