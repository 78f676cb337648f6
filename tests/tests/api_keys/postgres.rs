//! A `PostgreSQL` of a test's own, in a folder that goes with it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command, Stdio},
};

use palisade::auth::Secret;

pub(crate) struct Server {
    folder: PathBuf,
}

impl Server {
    /// None where there is no `PostgreSQL`: the reason is printed.
    pub(crate) fn start(name: &str) -> Option<Self> {
        let folder = env::temp_dir().join(format!("palisade_pg_{}_{name}", process::id()));
        let server = Self { folder };
        let Ok(made) = server.run("initdb", &["--auth=trust", "--username=postgres", "--no-sync"]) else {
            println!("skipped: there is no `initdb`; install `postgresql`");
            return None;
        };
        if !made {
            println!("skipped: `initdb` refused, perhaps for want of the user `postgres`");
            return None;
        }
        server.again();
        Some(server)
    }

    /// Starts it, again after a stop.
    pub(crate) fn again(&self) {
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=off -c max_connections=40",
            self.folder.display()
        );
        let log = self.folder.join("log");
        assert!(self.run("pg_ctl", &["-w", "-o", &options, "-l", log.to_str().unwrap(), "start"]).unwrap());
    }

    /// Stops it as if the machine were gone.
    pub(crate) fn stop(&self) {
        assert!(self.run("pg_ctl", &["-w", "-m", "immediate", "stop"]).unwrap());
    }

    /// Takes a new database into use.
    pub(crate) fn database(&self, name: &str) -> Secret<String> {
        let made = Command::new(program("createdb"))
            .args(["--host", self.folder.to_str().unwrap(), "--username=postgres", name])
            .status();
        assert!(made.unwrap().success());
        let folder = self.folder.display().to_string().replace('/', "%2F");
        Secret::new(format!("postgres://postgres@{folder}/{name}"))
    }

    /// `PostgreSQL` refuses to run as root, so a test of root's runs it as the user `postgres`.
    fn run(&self, name: &str, arguments: &[&str]) -> std::io::Result<bool> {
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program(name));
            command
        } else {
            Command::new(program(name))
        };
        command
            .arg("-D")
            .arg(&self.folder)
            .args(arguments)
            .current_dir("/")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Ok(command.status()?.success())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.run("pg_ctl", &["-w", "-m", "immediate", "stop"]);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Debian keeps the server's programs out of the way.
fn program(name: &str) -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let found = versions.map(|version| version.path().join("bin").join(name)).find(|path| path.exists());
    found.unwrap_or_else(|| Path::new(name).to_owned())
}
