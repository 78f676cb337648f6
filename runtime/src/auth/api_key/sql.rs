//! The statements on the table of API keys, in words that every database understands. What it is asked for goes beside the
//! statement, never into it.
//!
//! `SQLite` takes `$1` for a name and counts names as they come, so each statement names them in their order.

pub(super) const FIND: &str = "
    SELECT id, subject, description, scopes, roles, disabled, created_at, expires_at, last_used, version,
        digest, pepper, not_before, not_after, former_digest, former_pepper, former_not_before, former_not_after
    FROM palisade_api_keys WHERE id = $1";

pub(super) const LIST: &str = "
    SELECT id, subject, description, scopes, roles, disabled, created_at, expires_at, last_used, version,
        digest, pepper, not_before, not_after, former_digest, former_pepper, former_not_before, former_not_after
    FROM palisade_api_keys WHERE id > $1 ORDER BY id LIMIT $2";

pub(super) const ADD: &str = "
    INSERT INTO palisade_api_keys (id, subject, description, scopes, roles, disabled, created_at, expires_at, last_used, version,
        digest, pepper, not_before, not_after, former_digest, former_pepper, former_not_before, former_not_after)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
    ON CONFLICT (id) DO NOTHING";

/// When it was made and when it was used stay what they are.
pub(super) const REPLACE: &str = "
    UPDATE palisade_api_keys SET version = version + 1,
        subject = $1, description = $2, scopes = $3, roles = $4, disabled = $5, expires_at = $6,
        digest = $7, pepper = $8, not_before = $9, not_after = $10,
        former_digest = $11, former_pepper = $12, former_not_before = $13, former_not_after = $14
    WHERE id = $15 AND version = $16";

pub(super) const EXISTS: &str = "SELECT 1 FROM palisade_api_keys WHERE id = $1";

/// A use that was noted meanwhile is not taken back.
pub(super) const NOTE_USE: &str = "
    UPDATE palisade_api_keys SET last_used = $1 WHERE id = $2 AND (last_used IS NULL OR last_used < $1)";

pub(super) const DELETE: &str = "DELETE FROM palisade_api_keys WHERE id = $1";

/// As `StoredKey::is_over` says it.
pub(super) const DELETE_OVER: &str = "
    DELETE FROM palisade_api_keys
    WHERE expires_at < $1 OR ((digest IS NULL OR not_after < $1) AND (former_digest IS NULL OR former_not_after < $1))";
