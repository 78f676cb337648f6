//! The command line, run as its users run it.

use std::{
    env,
    fs::{self, File},
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use palisade::auth::leaked_api_keys;

const PEPPER: &str = "BWVnBeNR5CVTPnm7AzGPLXhqt+1zKZnlkqrFFl9xj0A=\n";

/// A folder with a pepper, and a database once there is a key.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("palisade_cli_{}_{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let place = Self(folder);
        place.write("pepper", PEPPER, 0o600);
        place
    }

    fn write(&self, name: &str, content: &str, mode: u32) {
        fs::write(self.0.join(name), content).unwrap();
        #[cfg(unix)]
        fs::set_permissions(self.0.join(name), std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
        #[cfg(not(unix))]
        let _ = mode;
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keys"));
        command.current_dir(&self.0).args(arguments.split_whitespace());
        for name in ["KEYS_SQLITE", "KEYS_POSTGRES", "KEYS_PEPPER", "KEYS_PEPPER_FILE"] {
            command.env_remove(name);
        }
        command
    }

    /// With the database and the pepper of the folder.
    fn with(&self, arguments: &str) -> Command {
        self.command(&format!("--sqlite keys.db --pepper-file pepper {arguments}"))
    }

    /// What it writes to standard output, once it is done.
    fn done(&self, arguments: &str) -> String {
        let output = self.with(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments}: {}", errors(&output));
        assert!(leaked_api_keys(&errors(&output)).next().is_none(), "a key on standard error: {}", errors(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The lines of the list, each with its columns.
    fn list(&self) -> Vec<Vec<String>> {
        let list = self.done("list");
        assert!(leaked_api_keys(&list).next().is_none(), "{list}");
        list.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The one key that standard output holds, and its id.
fn key(output: &str) -> (String, String) {
    let key = output.strip_suffix('\n').unwrap();
    assert!(leaked_api_keys(output).eq([key]), "{output}");
    (key.to_owned(), key.split('_').nth(1).unwrap().to_owned())
}

#[test]
fn rule_66_a_key_is_shown_once_on_standard_output_alone() {
    let place = Place::new("life");
    let made = "create --subject nightly --scope reports:read --role support --expires 90d --description reports";
    let (first, id) = key(&place.done(made));
    let (second, same_id) = key(&place.done(&format!("rotate {id} --grace 7d")));
    assert!(first != second && id == same_id);
    let [line] = &*place.list() else { panic!("one key") };
    assert_eq!(
        [&*line[0], &*line[1], &*line[3], &*line[4], &*line[8]],
        [&*id, "nightly", "reports:read", "support", "reports"]
    );
    assert!(line[2].starts_with("rotating until 20"), "{line:?}");
    assert_eq!(place.done(&format!("revoke {id}")), "");
    assert_eq!(place.list()[0][2], "revoked");
    assert_eq!(place.done("purge --older 0"), "");
    assert_eq!(place.list().len(), 1, "a revoked key stays in the list until it is over");
}

#[test]
fn what_is_wrong_is_said_with_the_mend_and_the_exit_code() {
    let place = Place::new("wrong");
    let (_, id) = key(&place.done("create --subject nightly"));
    place.done(&format!("rotate {id} --grace 1d"));
    place.write("open", PEPPER, 0o644);
    place.write("short", "pepper\n", 0o600);
    place.write("no_database", "this is no database, whatever its name says\n", 0o600);
    for (arguments, code, said) in [
        ("--sqlite keys.db --pepper-file pepper", 2, "write one command"),
        ("--sqlite keys.db --pepper-file pepper crate", 2, "write one command"),
        ("--sqlite keys.db --pepper-file pepper create", 2, "needs `--subject NAME`"),
        ("--sqlite keys.db --pepper-file pepper rotate", 2, "name the key"),
        ("--sqlite keys.db --pepper-file pepper list --grace 1d", 2, "has no `--grace`"),
        ("--sqlite keys.db --pepper-file pepper rotate x --grace 1w", 2, "like 90d"),
        ("--sqlite keys.db --pepper-file pepper --force list", 2, "--force"),
        ("--sqlite a --sqlite b --pepper-file pepper list", 2, "there twice"),
        ("--sqlite a --postgres b --pepper-file pepper list", 2, "one place"),
        ("--pepper-file pepper list", 2, "say where the keys are"),
        ("--sqlite keys.db list", 2, "say where the pepper is"),
        ("--sqlite keys.db --pepper-file nowhere list", 1, "the secret `nowhere`: the file cannot be read"),
        ("--sqlite keys.db --pepper-file open list", 1, "chmod o="),
        ("--sqlite keys.db --pepper-file short list", 1, "openssl rand"),
        ("--sqlite keys.db --pepper-file pepper --prefix Shop list", 1, "write 1 to 24"),
        ("--sqlite kyes.db --pepper-file pepper list", 1, "there is no database `kyes.db`"),
        ("--sqlite no/keys.db --pepper-file pepper create --subject x", 1, "there is no folder `no`"),
        ("--sqlite no_database --pepper-file pepper list", 3, "the database did not answer"),
        ("--postgres postgres://shop:hunter2@127.0.0.1:1/keys --pepper-file pepper list", 3, "did not answer"),
        ("--postgres mysql://shop:hunter2@db/keys --pepper-file pepper list", 1, "no address of a database"),
        ("--sqlite keys.db --pepper-file pepper create --subject x --scope reports:raed", 1, "no scope `reports:raed`"),
        ("--sqlite keys.db --pepper-file pepper create --subject x --role boss", 1, "no role `boss`"),
        ("--sqlite keys.db --pepper-file pepper create --subject x --expires 0", 1, "let it expire later"),
        ("--sqlite keys.db --pepper-file pepper rotate 0000000000AA", 1, "no API key has this id"),
        ("--sqlite keys.db --pepper-file pepper revoke ';--", 1, "no API key has this id"),
        (&format!("--sqlite keys.db --pepper-file pepper rotate {id}"), 1, "--grace 0"),
    ] {
        let output = place.command(arguments).output().unwrap();
        let errors = errors(&output);
        assert_eq!((output.status.code(), &*output.stdout), (Some(code), &b""[..]), "{arguments}: {errors}");
        assert!(errors.contains(said) && !errors.contains("hunter2"), "{arguments}: {errors}");
    }
    assert_eq!(place.list().len(), 1, "nothing was made on the way");
    assert!(!place.0.join("kyes.db").exists());
}

#[test]
fn the_environment_says_what_the_command_line_does_not() {
    let place = Place::new("environment");
    let mut command = place.command("create --subject nightly");
    let output = command.env("KEYS_SQLITE", "keys.db").env("KEYS_PEPPER", PEPPER.trim_end()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    key(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(place.list().len(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_key_that_cannot_be_shown_never_was() {
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    let place = Place::new("full");
    let (_, id) = key(&place.done("create --subject nightly"));
    let before = place.list();
    for arguments in ["create --subject lost", &format!("rotate {id} --grace 1d"), &format!("rotate {id} --grace 0")] {
        let output = place.with(arguments).stdout(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(errors(&output).contains("nothing was changed"), "{}", errors(&output));
        assert_eq!(place.list(), before, "{arguments}");
    }
}

#[test]
fn of_rotations_at_once_one_is_made_and_one_key_is_shown() {
    let place = Place::new("raced");
    let (_, id) = key(&place.done("create --subject nightly"));
    let rotation =
        || place.with(&format!("rotate {id} --grace 1d")).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let running: Vec<_> = (0..4).map(|_| rotation().unwrap()).collect();
    let outputs: Vec<Output> = running.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
    let shown: Vec<&Output> = outputs.iter().filter(|output| !output.stdout.is_empty()).collect();
    assert_eq!(shown.len(), 1);
    for output in &outputs {
        assert_eq!(output.status.code(), Some(if output.stdout.is_empty() { 1 } else { 0 }), "{}", errors(output));
    }
}
