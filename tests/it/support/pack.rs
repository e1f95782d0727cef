//! Packs files as other programs do: gzip, tar and zip, written by hand so that every field can be wrong.

use std::io::Write;

use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};

/// One gzip member.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// A tar archive of ordinary files in the ustar format; names of more than 100 bytes as GNU tar writes them.
pub fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, content) in files {
        if name.len() > 100 {
            tar_entry(&mut out, "././@LongLink", b'L', &[name.as_bytes(), b"\0"].concat());
        }
        tar_entry(&mut out, &name[..name.len().min(100)], b'0', content);
    }
    out.extend([0; 1024]);
    out
}

/// One entry of any kind.
pub fn tar_entry(out: &mut Vec<u8>, name: &str, kind: u8, content: &[u8]) {
    let mut header = [0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
    header[136..148].copy_from_slice(b"00000000000\0");
    header[148..156].copy_from_slice(b"        ");
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    out.extend(header);
    out.extend(content);
    out.extend(vec![0; content.len().wrapping_neg() % 512]);
}

/// How a file lies in a zip archive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Stored,
    Deflated,
    /// With sizes of 64 bits, as archives over 4 GiB have them.
    Wide,
    /// Claims to be encrypted.
    Encrypted,
    /// Says another checksum.
    Wrong,
}

/// A zip archive. Local headers say no sizes, as where the packer could not look back.
pub fn zip(files: &[(&str, &[u8], Method)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content, method) in files {
        let at = out.len() as u32;
        let mut crc = Crc::new();
        crc.update(content);
        let packed = if *method == Method::Stored {
            content.to_vec()
        } else {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(content).unwrap();
            encoder.finish().unwrap()
        };
        let (code, flags) =
            (if *method == Method::Stored { 0u16 } else { 8 }, u16::from(*method == Method::Encrypted) | 8);
        out.extend(b"PK\x03\x04\x14\0");
        out.extend([flags.to_le_bytes(), code.to_le_bytes()].concat());
        out.extend([0; 16]);
        out.extend([(name.len() as u16).to_le_bytes(), 3u16.to_le_bytes()].concat());
        out.extend([name.as_bytes(), b"xyz", &packed].concat());
        let wide = *method == Method::Wide;
        let sum = crc.sum() ^ u32::from(*method == Method::Wrong);
        let sizes = [packed.len() as u64, content.len() as u64];
        let short = |value: u64| if wide { u32::MAX } else { value as u32 };
        directory.extend(b"PK\x01\x02\x14\x03\x14\0");
        directory.extend([flags.to_le_bytes(), code.to_le_bytes()].concat());
        directory.extend([0; 4]);
        directory.extend([sum, short(sizes[0]), short(sizes[1])].map(u32::to_le_bytes).concat());
        let extra = if wide {
            let values = [sizes[1], sizes[0], u64::from(at)].map(u64::to_le_bytes).concat();
            [b"\x99\x99\x02\0ab\x01\0\x18\0".as_slice(), &values].concat()
        } else {
            Vec::new()
        };
        directory.extend([name.len() as u16, extra.len() as u16, 0, 0, 0].map(u16::to_le_bytes).concat());
        directory.extend([0; 4]);
        directory.extend(short(u64::from(at)).to_le_bytes());
        directory.extend([name.as_bytes(), &extra].concat());
    }
    let (count, at) = (files.len() as u16, out.len() as u32);
    let wide = files.iter().any(|(_, _, method)| *method == Method::Wide);
    out.extend(&directory);
    if wide {
        let end = out.len() as u64;
        out.extend(b"PK\x06\x06");
        out.extend([44u64.to_le_bytes().as_slice(), &[0x2D, 3, 0x2D, 0], &[0; 8]].concat());
        let values = [u64::from(count), u64::from(count), directory.len() as u64, u64::from(at)];
        out.extend(values.map(u64::to_le_bytes).concat());
        out.extend([b"PK\x06\x07\0\0\0\0".as_slice(), &end.to_le_bytes(), &1u32.to_le_bytes()].concat());
    }
    out.extend(b"PK\x05\x06\0\0\0\0");
    let (count, at) = if wide { (u16::MAX, u32::MAX) } else { (count, at) };
    out.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    out.extend([directory.len() as u32, at].map(u32::to_le_bytes).concat());
    out.extend(b"\x05\0PK\x05\x06!");
    out
}
