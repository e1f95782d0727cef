//! Forward-only migrations: the files in `migrations/`, embedded, each applied once.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::{APPLICATION_ID, StoreError, Whose, classify};

/// Every migration in order: its file's name and text. `user_version` is how many have been applied.
const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_init.sql", include_str!("../../migrations/0001_init.sql")),
    ("0002_outbox.sql", include_str!("../../migrations/0002_outbox.sql")),
    ("0003_listing.sql", include_str!("../../migrations/0003_listing.sql")),
    ("0004_scan.sql", include_str!("../../migrations/0004_scan.sql")),
];

/// The version this program works with.
pub fn newest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Refuses a database of a newer confirmd or of another program; returns the version found (0: empty).
pub fn check_owner(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let read = || -> rusqlite::Result<(i32, i64, i64)> {
        // In one snapshot: another process may be making the database between two questions.
        let snapshot = connection.unchecked_transaction()?;
        Ok((
            snapshot.pragma_query_value(None, "application_id", |row| row.get(0))?,
            snapshot.pragma_query_value(None, "user_version", |row| row.get(0))?,
            snapshot.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?,
        ))
    };
    let (application_id, version, objects) = read().map_err(|error| classify(path, &error))?;
    let refuse = |whose| Err(StoreError::Refused { path: path.to_owned(), whose });
    if application_id == 0 && version == 0 && objects == 0 {
        return Ok(0);
    }
    if application_id != APPLICATION_ID {
        return refuse(Whose::AnotherProgram);
    }
    if version > newest() {
        return refuse(Whose::Newer { version, knows: newest() });
    }
    Ok(version)
}

/// Applies what is missing, each migration in a transaction of its own. Several processes may do so at once.
pub fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    loop {
        let version = check_owner(connection, path)?;
        let Some((_, sql)) = usize::try_from(version).ok().and_then(|version| MIGRATIONS.get(version)) else {
            return Ok(());
        };
        let apply = |connection: &mut Connection| -> rusqlite::Result<()> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let now: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
            // Another process may have been quicker between our look and our lock.
            if now == version {
                transaction.execute_batch(sql)?;
                transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
                transaction.pragma_update(None, "user_version", version + 1)?;
            }
            transaction.commit()
        };
        apply(connection).map_err(|error| classify(path, &error))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_migration_file_is_embedded_in_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let mut files: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        let embedded: Vec<&str> = MIGRATIONS.iter().map(|(name, _)| *name).collect();
        assert_eq!(files, embedded);
    }

    #[test]
    fn a_database_with_data_of_every_earlier_version_is_migrated_and_keeps_its_data() {
        for version in 1..MIGRATIONS.len() {
            let mut connection = Connection::open_in_memory().unwrap();
            for (_, sql) in &MIGRATIONS[..version] {
                connection.execute_batch(sql).unwrap();
            }
            connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
            connection.pragma_update(None, "user_version", i64::try_from(version).unwrap()).unwrap();
            // The third migration gave the mails' bytes a table of their own.
            let (column, value, table) = match version {
                1 | 2 => (", raw", [", x'61'", ", NULL"], ""),
                _ => ("", ["", ""], "INSERT INTO mail VALUES (1, x'61');"),
            };
            let at = "'2025-05-21T00:00:00Z'";
            connection
                .execute_batch(&format!(
                    "INSERT INTO message (identity, size, from_text, subject, received_at, proof_detail, proof_retry, recorded_at{column})
                         VALUES ('i', 1, 'f', 's', {at}, '[]', 0, {at}{}), ('j', 9, 'g', 't', {at}, '[]', 0, {at}{});
                     INSERT INTO settlement (message, action, at) VALUES (1, 'dismiss', {at});
                     {table}",
                    value[0], value[1]
                ))
                .unwrap();
            migrate(&mut connection, Path::new("test.db")).unwrap();
            let kept: String = connection
                .query_row(
                    "SELECT group_concat(subject || ifnull(raw, '-') || ifnull(action, '-'), ' ') FROM message
                         LEFT JOIN mail ON mail.message = number LEFT JOIN settlement ON settlement.message = number",
                    [],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(kept, "sadismiss t--", "from version {version}");
            let now: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
            assert_eq!(now, newest());
        }
    }
}
