//! Opens the place where keys are kept.

use std::{error::Error, fs, path::Path, sync::Arc};

use palisade::auth::{
    ApiKeyRegister, ApiKeys, Peppers, PostgresKeys, Reloading, SecretFile, SecretVariable, SqliteKeys,
};
use shop::policy::{Role, Scope};

use crate::{
    arguments::{Command, Database, Pepper, Place},
    failure::Failure,
};

/// Keys in whatever database, for the scopes and roles of the shop.
pub(crate) type Keys = ApiKeys<Arc<dyn ApiKeyRegister>>;

/// Only a new key may make a database: any other command means one that is there.
pub(crate) async fn open(place: &Place, command: &Command) -> Result<Keys, Failure> {
    let refused = |error: &dyn Error| Failure::Refused(error.to_string());
    // What is wrong with a pepper is said before a database is made.
    let peppers = match &place.pepper {
        Pepper::File(path) => Reloading::read(SecretFile::at(path), Peppers::parse).await,
        Pepper::Variable(name) => Reloading::read(SecretVariable::named(*name), Peppers::parse).await,
    };
    let peppers = peppers.map_err(|error| refused(&error))?;
    let store: Arc<dyn ApiKeyRegister> = match &place.database {
        Database::Sqlite(file) => {
            match command {
                Command::Create { .. } => in_a_folder(file)?,
                Command::Rotate { .. } | Command::Revoke { .. } | Command::List | Command::Purge { .. } => {
                    is_there(file)?;
                }
            }
            Arc::new(SqliteKeys::open(file).await?)
        }
        Database::Postgres(url) => {
            let store = PostgresKeys::connect(url).map_err(|error| refused(&error))?;
            store.migrate().await?;
            Arc::new(store)
        }
    };
    let keys = ApiKeys::peppered(&place.prefix, store, peppers).map_err(|error| refused(&error))?;
    Ok(keys.scopes::<Scope>().roles::<Role>())
}

/// A file can be made, a folder is more likely to be a typing error.
fn in_a_folder(file: &Path) -> Result<(), Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if fs::metadata(folder).is_ok_and(|found| found.is_dir()) {
        return Ok(());
    }
    Err(Failure::Refused(format!(
        "there is no folder `{}` for the database: make it, or name another",
        folder.display()
    )))
}

fn is_there(file: &Path) -> Result<(), Failure> {
    if file.exists() {
        return Ok(());
    }
    Err(Failure::Refused(format!("there is no database `{}`: name the one that `create` made", file.display())))
}
