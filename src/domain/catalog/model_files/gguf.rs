//! The header of a GGUF file, versions 2 and 3: what it says of the model, and the sizes of its tensors.
//!
//! Every length in the file is checked against what is there before it is believed; a header that goes on behind the
//! part that was given is damaged as far as this reader can tell.

use std::collections::BTreeMap;

use serde_json::Value;

use super::unknown::Unreadable;

const MAGIC: &[u8] = b"GGUF";
/// Longest name of a member or a tensor, bytes.
const MOST_NAME: usize = 1024;
/// Members that are kept, and items kept of a list; the rest is passed over.
const MOST_KEPT: usize = 1000;
/// Most dimensions of a tensor.
const MOST_DIMS: u32 = 8;
/// Bytes that an item of each scalar kind takes, by the number of the kind; 0 for texts and lists.
const SCALAR_BYTES: [usize; 13] = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
const TEXT: u32 = 8;
const LIST: u32 = 9;

/// What a header says.
#[derive(Clone, Debug, Default)]
pub struct Gguf {
    /// Members by name; of long lists the beginning.
    pub members: BTreeMap<String, Value>,
    /// Items of each list.
    pub lengths: BTreeMap<String, u64>,
    /// Numbers in the tensors, all of them.
    pub parameters: f64,
    /// Whether there is a tensor of this kind: the output head.
    pub has_output: bool,
    /// Numbers by the kind of tensor.
    pub by_kind: BTreeMap<u32, f64>,
}

impl Gguf {
    /// Whether a file begins as one.
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Parameters that the tensors hold.
    pub fn held(&self) -> f64 {
        self.parameters
    }

    /// Read the header at the beginning of a file.
    ///
    /// # Errors
    /// Where it is damaged, goes on behind these bytes, or is of another version.
    pub fn read(bytes: &[u8]) -> Result<Gguf, Unreadable> {
        let mut cursor = Cursor { rest: bytes };
        cursor.take(MAGIC.len())?;
        if !matches!(cursor.u32()?, 2 | 3) {
            return Err(Unreadable::Gguf("it is not of version 2 or 3"));
        }
        let (tensors, members) = (cursor.u64()?, cursor.u64()?);
        let mut read = Gguf::default();
        // Each turn takes bytes, so that a count that is made up ends with the file.
        for _ in 0..members {
            let name = cursor.name()?;
            let kind = cursor.u32()?;
            let value = cursor.value(kind, &name, &mut read.lengths)?;
            if read.members.len() < MOST_KEPT {
                read.members.insert(name, value);
            }
        }
        for _ in 0..tensors {
            read.take_tensor(&mut cursor)?;
        }
        Ok(read)
    }

    fn take_tensor(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Unreadable> {
        let name = cursor.name()?;
        let dims = cursor.u32()?;
        if dims > MOST_DIMS {
            return Err(Unreadable::Gguf("a tensor has too many dimensions"));
        }
        let mut numbers = 1.0;
        for _ in 0..dims {
            numbers *= cursor.u64()? as f64;
        }
        let kind = cursor.u32()?;
        cursor.u64()?;
        self.has_output |= name == "output.weight";
        self.parameters += numbers;
        *self.by_kind.entry(kind).or_default() += numbers;
        Ok(())
    }
}

/// What is still to be read.
struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn take(&mut self, bytes: usize) -> Result<&'a [u8], Unreadable> {
        let ends = Unreadable::Gguf("it ends early, or is longer than what is looked at");
        let (taken, rest) = self.rest.split_at_checked(bytes).ok_or(ends)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        self.take(N)?.try_into().map_err(|_| Unreadable::Gguf("it ends early"))
    }

    fn u32(&mut self) -> Result<u32, Unreadable> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, Unreadable> {
        self.array().map(u64::from_le_bytes)
    }

    fn length(&mut self) -> Result<usize, Unreadable> {
        usize::try_from(self.u64()?).map_err(|_| Unreadable::Gguf("a length is too large"))
    }

    fn name(&mut self) -> Result<String, Unreadable> {
        let length = self.length()?;
        if length > MOST_NAME {
            return Err(Unreadable::Gguf("a name is too long"));
        }
        Ok(String::from_utf8_lossy(self.take(length)?).into_owned())
    }

    fn text(&mut self) -> Result<String, Unreadable> {
        let length = self.length()?;
        let bytes = self.take(length)?;
        Ok(String::from_utf8_lossy(bytes.get(..MOST_NAME).unwrap_or(bytes)).into_owned())
    }

    fn value(
        &mut self,
        kind: u32,
        name: &str,
        lengths: &mut BTreeMap<String, u64>,
    ) -> Result<Value, Unreadable> {
        match kind {
            TEXT => self.text().map(Value::from),
            LIST => {
                let (kind, length) = (self.u32()?, self.u64()?);
                if lengths.len() < MOST_KEPT {
                    lengths.insert(name.to_owned(), length);
                }
                self.list(kind, length)
            }
            scalar => self.scalar(scalar),
        }
    }

    /// The items of a list: the first of the numbers; texts are passed over.
    fn list(&mut self, kind: u32, length: u64) -> Result<Value, Unreadable> {
        let mut kept = Vec::new();
        for _ in 0..length {
            match kind {
                TEXT => {
                    let length = self.length()?;
                    self.take(length)?;
                }
                LIST => return Err(Unreadable::Gguf("it has lists of lists")),
                scalar => {
                    let item = self.scalar(scalar)?;
                    if kept.len() < MOST_KEPT {
                        kept.push(item);
                    }
                }
            }
        }
        Ok(Value::Array(kept))
    }

    fn scalar(&mut self, kind: u32) -> Result<Value, Unreadable> {
        let bytes = usize::try_from(kind).ok().and_then(|kind| SCALAR_BYTES.get(kind)).copied().unwrap_or(0);
        if bytes == 0 {
            return Err(Unreadable::Gguf("it has a member of an unknown kind"));
        }
        let mut wide = [0; 8];
        let taken = self.take(bytes)?;
        wide.iter_mut().zip(taken).for_each(|(to, from)| *to = *from);
        let whole = u64::from_le_bytes(wide);
        Ok(match kind {
            6 => Value::from(f64::from(f32::from_bits(whole as u32))),
            7 => Value::from(whole != 0),
            12 => Value::from(f64::from_bits(whole)),
            // Sizes are never negative; what is becomes absurdly large here and is refused as such.
            _ => Value::from(whole),
        })
    }
}
