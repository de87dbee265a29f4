//! Checks that each pattern matches a case, and that no case is matched twice.

use fcgate_cases::corpus::Corpus;
use fcgate_text::suggestion::most_similar;
use fcgate_text::visible;

use super::error::KnownError;
use super::list::Known;

impl Known {
    /// Compares the patterns with the cases of the corpus.
    ///
    /// # Errors
    ///
    /// If a pattern matches no case or every case, or if two patterns match the same case.
    pub fn check(&self, corpus: &Corpus) -> Result<(), KnownError> {
        let cases = corpus.cases();
        let ids = || cases.iter().map(|case| case.id.as_str());
        for entry in &self.entries {
            for pattern in &entry.patterns {
                let shown = visible::line(&pattern.text, 120);
                let count = ids().filter(|id| pattern.matcher.is_match(id)).count();
                let message = if count == 0 {
                    let help = most_similar(&pattern.text, ids())
                        .map_or_else(String::new, |near| format!("; did you mean '{near}'?"));
                    format!("no case matches '{shown}'{help}")
                } else if count == cases.len() && count > 1 {
                    format!("the pattern '{shown}' matches every case")
                } else {
                    continue;
                };
                return Err(KnownError::of_entry(&self.file, entry, message));
            }
        }
        for id in ids() {
            let mut matching = self.entries.iter().flat_map(|entry| {
                let patterns = entry.patterns.iter();
                patterns
                    .filter(|pattern| pattern.matcher.is_match(id))
                    .map(move |pattern| (entry, pattern))
            });
            if let (Some((first, _)), Some((entry, pattern))) = (matching.next(), matching.next()) {
                let shown = visible::line(&pattern.text, 120);
                let message = format!(
                    "'{shown}' and a pattern of entry {} both match {id}",
                    first.number
                );
                return Err(KnownError::of_entry(&self.file, entry, message));
            }
        }
        Ok(())
    }
}
