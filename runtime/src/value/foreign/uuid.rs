//! `uuid::Uuid`.

use uuid::Uuid;

use super::formatted;

formatted! {
    Uuid => "uuid", "a UUID", 45;
}
