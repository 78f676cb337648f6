//! A secret from a file that not everybody may read.

use std::{
    fs::{self, File},
    future,
    io::Read,
    path::{Path, PathBuf},
};

use super::{Secret, SecretFault, SecretRead, SecretSource};

/// Reads a secret from a file: all of it, but for one line end at its end (`\n` or `\r\n`), which editors and `echo` leave.
///
/// On Unix a file is refused when users beyond its owner and group may read or write it. Elsewhere nobody is asked who may. It is
/// read at once, without a thread of its own: it has to be a regular file, on a local disk, of at most
/// [`SecretFile::MOST_BYTES`].
///
/// ```
/// use palisade::auth::{SecretFile, SecretSource};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let path = std::env::temp_dir().join("palisade_doc_pepper");
/// std::fs::write(&path, "c2l4dHkgYnl0ZXMgb2YgcmFuZG9tbmVzcw==\n")?;
/// # #[cfg(unix)]
/// std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
/// let secret = SecretFile::at(&path).read().await?;
/// assert!(secret.expose().ends_with(b"=="));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct SecretFile {
    path: PathBuf,
    readers: Readers,
}

/// Who else may read the file.
#[derive(Debug, Clone, Copy)]
enum Readers {
    OwnerAndGroup,
    Anyone { reason: &'static str },
}

impl SecretFile {
    /// The longest secret that is read: 64 KiB.
    pub const MOST_BYTES: u64 = 64 * 1024;

    /// The secret in this file.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), readers: Readers::OwnerAndGroup }
    }

    /// Reads it although every user of the machine could too, for a reason: a volume of Kubernetes is such a file, unless
    /// its `defaultMode` says otherwise, in a container that has one user only.
    #[must_use]
    pub fn readable_by_anyone(self, reason: &'static str) -> Self {
        Self { readers: Readers::Anyone { reason }, ..self }
    }

    fn read_now(&self) -> Result<Secret<Vec<u8>>, SecretFault> {
        let fault = |what: String| SecretFault::new(what).of(self.path.display().to_string());
        let unreadable = |error: std::io::Error| fault(format!("the file cannot be read, since {error}"));
        // A pipe would be waited for, so it is looked at before it is opened; and what was opened is looked at again.
        regular(&fs::metadata(&self.path).map_err(unreadable)?).map_err(|what| fault(what.to_owned()))?;
        let file = File::open(&self.path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        regular(&metadata).map_err(|what| fault(what.to_owned()))?;
        match self.readers {
            Readers::OwnerAndGroup if others_may(&metadata) => {
                return Err(fault(String::from("every user of this machine may read or write it: `chmod o= FILE`")));
            }
            Readers::Anyone { reason } if reason.trim().is_empty() => {
                return Err(fault(String::from("`readable_by_anyone` needs a reason: say why that does no harm")));
            }
            Readers::OwnerAndGroup | Readers::Anyone { .. } => {}
        }
        let room = usize::try_from(metadata.len().min(Self::MOST_BYTES)).unwrap_or(0) + 1;
        // Sized beforehand, so that growing leaves no copy of the secret behind.
        let mut secret = Secret::new(Vec::with_capacity(room));
        file.take(Self::MOST_BYTES + 1).read_to_end(secret.expose_mut()).map_err(unreadable)?;
        if Self::MOST_BYTES < secret.expose().len() as u64 {
            return Err(fault(String::from("the file has more than 64 KiB: a secret is shorter")));
        }
        trim_line_end(secret.expose_mut());
        if secret.expose().is_empty() {
            return Err(fault(String::from("the file is empty: write the secret into it")));
        }
        Ok(secret)
    }

    /// Where it is read from.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl SecretSource for SecretFile {
    fn read(&self) -> SecretRead<'_> {
        Box::pin(future::ready(self.read_now()))
    }
}

fn regular(metadata: &fs::Metadata) -> Result<(), &'static str> {
    if metadata.is_file() { Ok(()) } else { Err("it is no regular file: write the secret into one") }
}

#[cfg(unix)]
fn others_may(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o007 != 0
}

#[cfg(not(unix))]
fn others_may(_metadata: &fs::Metadata) -> bool {
    false
}

fn trim_line_end(secret: &mut Vec<u8>) {
    if secret.pop_if(|last| *last == b'\n').is_some() {
        secret.pop_if(|last| *last == b'\r');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, content: &[u8], mode: u32) -> SecretFile {
        let path = std::env::temp_dir().join(format!("palisade_secret_{}_{name}", std::process::id()));
        fs::write(&path, content).unwrap();
        restrict(&path, mode);
        SecretFile::at(path)
    }

    #[cfg(unix)]
    fn restrict(path: &Path, mode: u32) {
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    }

    #[cfg(not(unix))]
    fn restrict(_path: &Path, _mode: u32) {}

    fn read(file: &SecretFile) -> Result<Vec<u8>, String> {
        file.read_now().map(|secret| secret.expose().clone()).map_err(|fault| fault.to_string())
    }

    #[test]
    fn one_line_end_is_no_part_of_the_secret() {
        for (content, expected) in [
            (&b"pepper"[..], &b"pepper"[..]),
            (b"pepper\n", b"pepper"),
            (b"pepper\r\n", b"pepper"),
            (b"pepper\n\n", b"pepper\n"),
            (b" pepper \r", b" pepper \r"),
            (b"\0\xff", b"\0\xff"),
        ] {
            assert_eq!(read(&file("line_end", content, 0o600)).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn a_secret_that_is_missing_empty_or_endless_is_said() {
        for (content, expected) in
            [(vec![], "is empty"), (b"\n".to_vec(), "is empty"), (vec![7; 65_537], "more than 64 KiB")]
        {
            let error = read(&file("sizes", &content, 0o600)).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
        assert!(read(&file("sizes", &[7; 65_536], 0o600)).is_ok());
        let missing = read(&SecretFile::at("/nowhere/pepper")).unwrap_err();
        assert!(missing.starts_with("the secret `/nowhere/pepper`: the file cannot be read"), "{missing}");
        assert!(read(&SecretFile::at(std::env::temp_dir())).unwrap_err().contains("no regular file"));
    }

    #[cfg(unix)]
    #[test]
    fn rule_69_a_file_that_everybody_may_read_is_no_secret() {
        for mode in [0o644, 0o604, 0o602] {
            let open = file("open", b"pepper", mode);
            let error = read(&open).unwrap_err();
            assert!(error.contains("every user of this machine") && !error.contains("pepper\n"), "{error}");
            assert!(read(&open.clone().readable_by_anyone("a container of one user")).is_ok());
            assert!(read(&open.readable_by_anyone(" ")).unwrap_err().contains("needs a reason"));
        }
        assert!(read(&file("open", b"pepper", 0o640)).is_ok());
    }
}
