//! `SHA256SUMS`: one line for each file, as `sha256sum` writes and checks them.

use std::collections::BTreeMap;
use std::io::{self, Read};

use openssl::sha::Sha256;

/// A SHA-256 in 64 lower-case hex digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sha256Hex(String);

impl Sha256Hex {
    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Sha256Hex {
        Sha256Hex(hex(&openssl::sha::sha256(bytes)))
    }

    /// Of everything that is read, however much.
    pub fn of_reader(mut reader: impl Read) -> io::Result<Sha256Hex> {
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => return Ok(Sha256Hex(hex(&hash.finish()))),
                Ok(count) => hash.update(buffer.get(..count).unwrap_or_default()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// What a `SHA256SUMS` says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// By the name of the file.
    pub files: BTreeMap<String, Sha256Hex>,
    /// The numbers of lines that say nothing, or what another line has said. A damaged line is no reason to believe less of the others.
    pub damaged: Vec<usize>,
}

/// The lines for these files.
pub fn write_sums(files: &BTreeMap<String, Sha256Hex>) -> String {
    files.iter().map(|(name, sum)| format!("{}  {name}\n", sum.0)).collect()
}

/// Reads the lines, in exactly the form in which [`write_sums`] writes them: any other byte is damage.
pub fn read_sums(bytes: &[u8]) -> Sums {
    let mut sums = Sums::default();
    for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        match read_line(line) {
            Some((name, sum)) if !sums.files.contains_key(name) => {
                sums.files.insert(name.to_owned(), sum);
            }
            _ => sums.damaged.push(index + 1),
        }
    }
    sums
}

fn read_line(line: &[u8]) -> Option<(&str, Sha256Hex)> {
    let line = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
    let (sum, name) = line.split_once("  ")?;
    let is_hex = sum.len() == 64 && sum.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_hex && is_plain_name(name)).then(|| (name, Sha256Hex(sum.to_owned())))
}

/// Whether a name is `FILE` or `FOLDER/FILE` of letters, digits, `.`, `_`, `-`: it stays inside the bundle on every system.
pub fn is_plain_name(name: &str) -> bool {
    let is_plain = |part: &str| {
        !part.is_empty()
            && part.len() <= 100
            && !part.starts_with('.')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
    };
    name.split('/').count() <= 2 && name.split('/').all(is_plain)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_every_flipped_bit_shows() {
        let files: BTreeMap<String, Sha256Hex> =
            ["keys.json", "messages/0001.eml"].map(|name| (name.to_owned(), Sha256Hex::of(name.as_bytes()))).into();
        let text = write_sums(&files);
        assert_eq!(read_sums(text.as_bytes()), Sums { files: files.clone(), damaged: Vec::new() });
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut flipped = text.clone().into_bytes();
                flipped[at] ^= 1 << bit;
                let sums = read_sums(&flipped);
                assert!(sums.files != files || !sums.damaged.is_empty(), "byte {at}, bit {bit}");
            }
        }
    }

    #[test]
    fn lines_of_another_form_are_damage() {
        let sum = "0".repeat(64);
        let lines = [
            format!("{sum}  ../x\n"),
            format!("{sum}  /etc/passwd\n"),
            format!("{sum}  a/b/c\n"),
            format!("{sum}  .hidden\n"),
            format!("{sum}  a b\n"),
            format!("{sum} *x\n"),
            format!("{sum}  x"),
            format!("{sum}  x\r\n"),
            format!("{}  x\n", sum.replace('0', "A")),
            "\n".to_owned(),
        ];
        for line in lines {
            assert_eq!(read_sums(line.as_bytes()), Sums { files: BTreeMap::new(), damaged: vec![1] }, "{line:?}");
        }
        let twice = format!("{sum}  x\n{}  x\n", "1".repeat(64));
        assert_eq!(read_sums(twice.as_bytes()).damaged, [2]);
    }
}
