//! The parameters of a list: the documented names, the values that the server reads, and what is wrong with others.

use crate::url_encoding::query_pairs;

use super::life_cycle::FILTERS;

const DEFAULT_LIMIT: usize = 20;
const MOST: usize = 100;

/// The parameters of a list of tasks or of functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListQuery {
    pub(super) prefix: Option<String>,
    pub(super) status: Option<String>,
    pub(super) begin: Option<i64>,
    pub(super) end: Option<i64>,
    pub(super) ascending: bool,
    pub(super) include_payload: bool,
    pub(super) limit: usize,
    pub(super) token: Option<String>,
    /// Accepted values that the documents do not have, one sentence each.
    pub(crate) notes: Vec<String>,
    pub(crate) wrong: Vec<WrongParameter>,
}

/// A parameter that the server cannot use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrongParameter {
    pub(crate) name: String,
    /// What the documents allow; `None` if they do not have the parameter, which the server then ignores.
    pub(crate) allowed: Option<String>,
    /// The value; empty for a parameter that the documents do not have, because it may be a credential.
    pub(crate) value: String,
}

impl ListQuery {
    /// Reads the query of a list of tasks, or of functions.
    pub(crate) fn parse(revision: &str, of_tasks: bool, query: &str) -> Self {
        let mut read = Self {
            prefix: None,
            status: None,
            begin: None,
            end: None,
            ascending: false,
            include_payload: false,
            limit: DEFAULT_LIMIT,
            token: None,
            notes: Vec::new(),
            wrong: Vec::new(),
        };
        let prefix = match revision {
            "2023-03-30" => "prefix",
            _ => "invocationIdPrefix",
        };
        for (name, value) in query_pairs(query) {
            // A pre-signed URL has its signature in the query.
            if name.starts_with("x-fc-") {
                continue;
            }
            let is_known = match name.as_str() {
                "limit" | "nextToken" => true,
                "status" | "startedTimeBegin" | "startedTimeEnd" | "sortOrderByTime"
                | "includePayload" | "qualifier" => of_tasks,
                name => of_tasks && name == prefix,
            };
            if !is_known {
                read.refuse(&name, None, "");
            } else if value.is_empty() {
                read.notes
                    .push(format!("{name} is empty, which counts as absent"));
            } else {
                read.set(&name, value);
            }
        }
        read
    }

    fn set(&mut self, name: &str, value: String) {
        let time = "milliseconds since 1970";
        match name {
            "limit" => match value.parse() {
                Ok(0) => self
                    .notes
                    .push("limit is 0, which counts as absent".to_owned()),
                Ok(limit @ 1..=MOST) => self.limit = limit,
                _ => self.refuse(name, Some("1 to 100"), &value),
            },
            "nextToken" => self.token = Some(value),
            "status" if FILTERS.contains(&value.as_str()) => self.status = Some(value),
            "status" => self.refuse(name, Some(&FILTERS.join(", ")), &value),
            "startedTimeBegin" => match value.parse() {
                Ok(begin) => self.begin = Some(begin),
                Err(_) => self.refuse(name, Some(time), &value),
            },
            "startedTimeEnd" => match value.parse() {
                Ok(end) => self.end = Some(end),
                Err(_) => self.refuse(name, Some(time), &value),
            },
            "sortOrderByTime" if matches!(value.as_str(), "asc" | "desc") => {
                self.ascending = value == "asc";
            }
            "sortOrderByTime" => self.refuse(name, Some("asc or desc"), &value),
            "includePayload" => match value.to_ascii_lowercase().parse() {
                Ok(include) => {
                    self.include_payload = include;
                    if value != value.to_ascii_lowercase() {
                        let note = "includePayload does not have the documented case";
                        self.notes.push(note.to_owned());
                    }
                }
                Err(_) => self.refuse(name, Some("true or false"), &value),
            },
            // The server ignores the qualifier, as it does for invocations.
            "qualifier" => {}
            _ => self.prefix = Some(value),
        }
    }

    fn refuse(&mut self, name: &str, allowed: Option<&str>, value: &str) {
        self.wrong.push(WrongParameter {
            name: name.to_owned(),
            allowed: allowed.map(str::to_owned),
            value: value.to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::ListQuery;

    fn tasks(query: &str) -> ListQuery {
        ListQuery::parse("2023-03-30", true, query)
    }

    #[test]
    fn documented_values_are_read() {
        let read = tasks(
            "prefix=a%2A&status=Dequeued&startedTimeBegin=1&startedTimeEnd=2&sortOrderByTime=asc&\
             includePayload=true&limit=100&nextToken=MTIzNCNhYmM%3D&qualifier=LATEST",
        );
        assert_eq!(read.prefix.as_deref(), Some("a*"));
        assert_eq!(read.status.as_deref(), Some("Dequeued"));
        assert_eq!((read.begin, read.end, read.limit), (Some(1), Some(2), 100));
        assert!(read.ascending && read.include_payload);
        assert_eq!(read.token.as_deref(), Some("MTIzNCNhYmM="));
        assert!(read.notes.is_empty() && read.wrong.is_empty(), "{read:?}");
    }

    #[test]
    fn empty_values_count_as_absent_and_python_booleans_are_read() {
        let read = tasks("nextToken=&limit=0&status=&includePayload=True");
        assert_eq!((&read.token, read.limit), (&None, 20));
        assert!(read.include_payload && read.wrong.is_empty());
        assert_eq!(read.notes.len(), 4, "{:?}", read.notes);
    }

    #[test]
    fn values_and_names_outside_the_documents_are_reported() {
        let names = |read: ListQuery| -> Vec<String> {
            read.wrong.into_iter().map(|wrong| wrong.name).collect()
        };
        for (query, name) in [
            ("limit=101", "limit"),
            ("limit=-1", "limit"),
            ("status=running", "status"),
            ("startedTimeBegin=2022-01-01", "startedTimeBegin"),
            ("sortOrderByTime=up", "sortOrderByTime"),
            ("includePayload=yes", "includePayload"),
            ("invocationIdPrefix=a", "invocationIdPrefix"),
        ] {
            assert_eq!(names(tasks(query)), [name], "{query}");
        }
        let unknown = tasks("access_token=MarkerSecret&x-fc-signature=a");
        assert!(!format!("{unknown:?}").contains("MarkerSecret"));
        assert_eq!(names(unknown), ["access_token"]);
        let of_functions = ListQuery::parse("2021-04-06", false, "limit=1&status=Running");
        assert_eq!(names(of_functions), ["status"]);
        let older = ListQuery::parse("2021-04-06", true, "invocationIdPrefix=a&prefix=b");
        assert_eq!(older.prefix.as_deref(), Some("a"));
        assert_eq!(names(older), ["prefix"]);
    }
}
