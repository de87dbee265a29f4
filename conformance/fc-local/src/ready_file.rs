//! The file that says that a server is ready.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;

/// A file that appears whole, and is removed when the value is dropped.
///
/// ```
/// let path = std::env::temp_dir().join(format!("ready-{}.json", std::process::id()));
/// let file = fc_local::ReadyFile::write(&path, "{}\n")?;
/// assert_eq!(std::fs::read_to_string(&path)?, "{}\n");
/// drop(file);
/// assert!(!path.exists());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct ReadyFile {
    path: PathBuf,
    text: String,
}

impl ReadyFile {
    /// Writes the file: a new file next to it gets the text, and then its name. So a reader that finds the file finds all of it.
    ///
    /// # Errors
    ///
    /// When the folder does not exist or cannot be written.
    pub fn write(path: &Path, text: &str) -> io::Result<Self> {
        let mut new = path.as_os_str().to_owned();
        new.push(format!(".{}.new", process::id()));
        let new = PathBuf::from(new);
        let written = write_new(&new, text).and_then(|()| fs::rename(&new, path));
        if let Err(error) = written {
            // It may not exist.
            let _ = fs::remove_file(&new);
            return Err(error);
        }
        Ok(Self {
            path: path.to_owned(),
            text: text.to_owned(),
        })
    }
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    // A file of an ended process with the same id may be left.
    let _ = fs::remove_file(path);
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}

impl Drop for ReadyFile {
    fn drop(&mut self) {
        // Another server may have replaced the file.
        if fs::read_to_string(&self.path).is_ok_and(|text| text == self.text) {
            let _ = fs::remove_file(&self.path);
        }
    }
}
