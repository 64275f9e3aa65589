//! Calls given by name: `{"Balances.transfer_keep_alive": {"dest": "//Bob", "value": 1000}}` becomes bytes by
//! the types in the runtime's metadata.
//!
//! | type | in JSON |
//! | --- | --- |
//! | integers, compact or not | a number, or its decimal digits in a string |
//! | bytes, of any or a fixed number | `"0x..."`; another string stands for its UTF-8 bytes |
//! | an account, by its type's name | a secret URI (`"//Bob"`), an SS58 address or 32 bytes |
//! | an enum | `"Variant"` or `{"Variant": fields}`; where it has a variant `Id`, an account |
//! | a struct or fields | an object by name, or an array in order; a single field may stand alone |
//! | a tuple, sequence or array | an array |

use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use parity_scale_codec::{Compact, DecodeAll, Encode};
use scale_info::form::PortableForm;
use scale_info::{Field, PortableRegistry, Type, TypeDef, TypeDefPrimitive};
use serde_json::{Map, Value};
use sp_core::crypto::{AccountId32, Ss58Codec};

use super::sign::Signer;
use super::{Chain, ChainError};

/// The calls that a runtime has.
pub(super) struct Calls {
    types: PortableRegistry,
    /// Name, index, and type of the calls of each pallet that has any.
    pallets: Vec<(String, u8, u32)>,
}

impl Chain {
    /// What the runtime's metadata says of calls.
    pub(super) fn calls(&mut self) -> Result<Calls, ChainError> {
        let purpose = "to encode a call that is given by name";
        let bytes: Vec<u8> = self.query("Metadata_metadata", &[], purpose)?;
        let bad = |reason: String| ChainError::BadMetadata { reason };
        let metadata = RuntimeMetadataPrefixed::decode_all(&mut &bytes[..])
            .map_err(|error| bad(error.to_string().replace('\n', " ")))?;
        let RuntimeMetadata::V14(metadata) = metadata.1 else {
            return Err(bad(format!(
                "it has version {}, and only 14 is known here",
                metadata.1.version()
            )));
        };
        Ok(Calls {
            pallets: metadata
                .pallets
                .into_iter()
                .filter_map(|pallet| Some((pallet.name, pallet.index, pallet.calls?.ty.id)))
                .collect(),
            types: metadata.types,
        })
    }
}

impl Calls {
    /// Encodes a call, `{"Pallet.call": arguments}`.
    pub(super) fn encode(&self, call: &Map<String, Value>) -> Result<Vec<u8>, ChainError> {
        let (Some((name, args)), 1) = (call.iter().next(), call.len()) else {
            return bad(
                "call",
                "one name, such as Balances.transfer, must stand in it",
            );
        };
        let Some((pallet, call)) = name.split_once('.') else {
            return bad(
                name,
                "write the pallet's name, a point, and the call's name",
            );
        };
        let Some((_, index, ty)) = self.pallets.iter().find(|(name, ..)| name == pallet) else {
            let known: Vec<&str> = self.pallets.iter().map(|(name, ..)| &**name).collect();
            return bad(
                name,
                format!("the pallets with calls are {}", known.join(", ")),
            );
        };
        let mut out = vec![*index];
        let TypeDef::Variant(calls) = &self.ty(name, *ty)?.type_def else {
            return bad(name, "the metadata's type of calls is no enum");
        };
        let Some(variant) = calls.variants.iter().find(|variant| variant.name == call) else {
            let known: Vec<&str> = calls.variants.iter().map(|v| v.name.as_str()).collect();
            return bad(name, format!("the calls are {}", known.join(", ")));
        };
        out.push(variant.index);
        self.fields(name, &variant.fields, args, &mut out)?;
        Ok(out)
    }

    fn ty(&self, path: &str, id: u32) -> Result<&Type<PortableForm>, ChainError> {
        match self.types.resolve(id) {
            Some(ty) => Ok(ty),
            None => bad(path, format!("the metadata has no type {id}")),
        }
    }

    fn value(
        &self,
        path: &str,
        id: u32,
        value: &Value,
        out: &mut Vec<u8>,
    ) -> Result<(), ChainError> {
        let ty = self.ty(path, id)?;
        let last = ty.path.segments.last().map(String::as_str);
        if last == Some("AccountId32")
            && let Some(account) = account(path, value)?
        {
            out.extend_from_slice(&account);
            return Ok(());
        }
        match &ty.type_def {
            TypeDef::Composite(composite) => self.fields(path, &composite.fields, value, out),
            TypeDef::Variant(enumeration) => {
                let named = |name: &str| enumeration.variants.iter().find(|v| v.name == name);
                let (variant, fields) = match value {
                    Value::String(name) => match (named(name), named("Id")) {
                        (Some(variant), _) => (Some(variant), &Value::Null),
                        (None, id) => (id, value),
                    },
                    Value::Object(map) if map.len() == 1 => match map.iter().next() {
                        Some((name, fields)) => (named(name), fields),
                        None => (None, value),
                    },
                    _ => (None, value),
                };
                let Some(variant) = variant else {
                    let known: Vec<&str> = enumeration
                        .variants
                        .iter()
                        .map(|v| v.name.as_str())
                        .collect();
                    return bad(path, format!("it must be one of {}", known.join(", ")));
                };
                out.push(variant.index);
                self.fields(path, &variant.fields, fields, out)
            }
            TypeDef::Sequence(sequence) => {
                if let Some(bytes) = self.bytes(path, sequence.type_param.id, value)? {
                    bytes.encode_to(out);
                    return Ok(());
                }
                let list = list(path, value, None)?;
                Compact(list.len() as u64).encode_to(out);
                self.each(path, list, |_| sequence.type_param.id, out)
            }
            TypeDef::Array(array) => {
                let len = array.len as usize;
                if let Some(bytes) = self.bytes(path, array.type_param.id, value)? {
                    if bytes.len() != len {
                        return bad(path, format!("it has {} bytes, not {len}", bytes.len()));
                    }
                    out.extend_from_slice(&bytes);
                    return Ok(());
                }
                self.each(
                    path,
                    list(path, value, Some(len))?,
                    |_| array.type_param.id,
                    out,
                )
            }
            TypeDef::Tuple(tuple) => {
                let list = list(path, value, Some(tuple.fields.len()))?;
                self.each(path, list, |at| tuple.fields[at].id, out)
            }
            TypeDef::Primitive(primitive) => primitive_value(path, primitive, value, out),
            TypeDef::Compact(compact) => {
                let limit = self.compact_limit(path, compact.type_param.id)?;
                let number = unsigned(path, value, limit)?;
                Compact(number).encode_to(out);
                Ok(())
            }
            TypeDef::BitSequence(_) => bad(path, "bit sequences cannot be given in JSON"),
        }
    }

    /// Largest value of what is compact: an integer, or a struct around one.
    fn compact_limit(&self, path: &str, id: u32) -> Result<u128, ChainError> {
        match &self.ty(path, id)?.type_def {
            TypeDef::Primitive(TypeDefPrimitive::U8) => Ok(u8::MAX.into()),
            TypeDef::Primitive(TypeDefPrimitive::U16) => Ok(u16::MAX.into()),
            TypeDef::Primitive(TypeDefPrimitive::U32) => Ok(u32::MAX.into()),
            TypeDef::Primitive(TypeDefPrimitive::U64) => Ok(u64::MAX.into()),
            TypeDef::Primitive(TypeDefPrimitive::U128) => Ok(u128::MAX),
            // No type contains itself without a variant between, or its metadata is broken.
            TypeDef::Composite(composite)
                if composite.fields.len() == 1 && composite.fields[0].ty.id != id =>
            {
                self.compact_limit(path, composite.fields[0].ty.id)
            }
            _ => bad(path, "the metadata's compact type is no unsigned integer"),
        }
    }

    fn fields(
        &self,
        path: &str,
        fields: &[Field<PortableForm>],
        value: &Value,
        out: &mut Vec<u8>,
    ) -> Result<(), ChainError> {
        match (fields, value) {
            ([], Value::Null) => Ok(()),
            ([], Value::Object(map)) if map.is_empty() => Ok(()),
            ([], Value::Array(list)) if list.is_empty() => Ok(()),
            ([], _) => bad(path, "it has no fields"),
            (_, Value::Object(map)) if fields.iter().all(|f| f.name.is_some()) => {
                let name = |field: &Field<PortableForm>| field.name.clone().unwrap_or_default();
                if let Some(key) = map
                    .keys()
                    .find(|key| fields.iter().all(|f| name(f) != **key))
                {
                    let known: Vec<String> = fields.iter().map(name).collect();
                    return bad(
                        path,
                        format!("{key:?} is none of its fields {}", known.join(", ")),
                    );
                }
                for field in fields {
                    let path = format!("{path}.{}", name(field));
                    let Some(value) = map.get(&name(field)) else {
                        return bad(&path, "it is missing");
                    };
                    self.value(&path, field.ty.id, value, out)?;
                }
                Ok(())
            }
            ([field], value) => self.value(path, field.ty.id, value, out),
            (_, value) => {
                let list = list(path, value, Some(fields.len()))?;
                self.each(path, list, |at| fields[at].ty.id, out)
            }
        }
    }

    fn each(
        &self,
        path: &str,
        list: &[Value],
        ty: impl Fn(usize) -> u32,
        out: &mut Vec<u8>,
    ) -> Result<(), ChainError> {
        for (at, value) in list.iter().enumerate() {
            self.value(&format!("{path}[{at}]"), ty(at), value, out)?;
        }
        Ok(())
    }

    /// The bytes that a string stands for, where the elements are bytes.
    fn bytes(
        &self,
        path: &str,
        element: u32,
        value: &Value,
    ) -> Result<Option<Vec<u8>>, ChainError> {
        let is_byte = matches!(
            self.ty(path, element)?.type_def,
            TypeDef::Primitive(TypeDefPrimitive::U8)
        );
        let (true, Value::String(text)) = (is_byte, value) else {
            return Ok(None);
        };
        match text.strip_prefix("0x") {
            None => Ok(Some(text.clone().into_bytes())),
            Some(_) => match sp_core::bytes::from_hex(text) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) => bad(path, error.to_string()),
            },
        }
    }
}

/// The account that a string stands for; `None` where the value is no string, or hexadecimal.
fn account(path: &str, value: &Value) -> Result<Option<[u8; 32]>, ChainError> {
    let Value::String(text) = value else {
        return Ok(None);
    };
    if text.starts_with("0x") {
        return Ok(None);
    }
    if text.starts_with('/') {
        return Signer::from_uri(text).map(|signer| Some(signer.account()));
    }
    match AccountId32::from_ss58check_with_version(text) {
        Ok((account, _)) => Ok(Some(account.into())),
        Err(_) => bad(path, format!("{text:?} is no account")),
    }
}

fn primitive_value(
    path: &str,
    primitive: &TypeDefPrimitive,
    value: &Value,
    out: &mut Vec<u8>,
) -> Result<(), ChainError> {
    let unsigned = |limit: u128| unsigned(path, value, limit);
    let signed = |bits: u32| signed(path, value, bits);
    let little_endian = |out: &mut Vec<u8>, bytes: [u8; 16], size: usize| {
        out.extend_from_slice(bytes.get(..size).unwrap_or_default());
    };
    let size = match primitive {
        TypeDefPrimitive::Bool => {
            let Value::Bool(value) = value else {
                return bad(path, "it must be true or false");
            };
            value.encode_to(out);
            return Ok(());
        }
        TypeDefPrimitive::Str => {
            let Value::String(text) = value else {
                return bad(path, "it must be a string");
            };
            text.encode_to(out);
            return Ok(());
        }
        TypeDefPrimitive::U8 | TypeDefPrimitive::I8 => 1,
        TypeDefPrimitive::U16 | TypeDefPrimitive::I16 => 2,
        TypeDefPrimitive::U32 | TypeDefPrimitive::I32 => 4,
        TypeDefPrimitive::U64 | TypeDefPrimitive::I64 => 8,
        TypeDefPrimitive::U128 | TypeDefPrimitive::I128 => 16,
        TypeDefPrimitive::Char | TypeDefPrimitive::U256 | TypeDefPrimitive::I256 => {
            return bad(path, format!("{primitive:?} cannot be given in JSON"));
        }
    };
    let bits = size as u32 * 8;
    let bytes = match primitive {
        TypeDefPrimitive::I8
        | TypeDefPrimitive::I16
        | TypeDefPrimitive::I32
        | TypeDefPrimitive::I64
        | TypeDefPrimitive::I128 => signed(bits)?.to_le_bytes(),
        TypeDefPrimitive::U8
        | TypeDefPrimitive::U16
        | TypeDefPrimitive::U32
        | TypeDefPrimitive::U64
        | TypeDefPrimitive::U128
        | TypeDefPrimitive::Bool
        | TypeDefPrimitive::Char
        | TypeDefPrimitive::Str
        | TypeDefPrimitive::U256
        | TypeDefPrimitive::I256 => unsigned(u128::MAX >> (128 - bits))?.to_le_bytes(),
    };
    little_endian(out, bytes, size);
    Ok(())
}

/// The digits of a number, which may be in a string where JSON's numbers are too small.
fn digits(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.replace('_', "")),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn unsigned(path: &str, value: &Value, limit: u128) -> Result<u128, ChainError> {
    match digits(value).and_then(|text| text.parse::<u128>().ok()) {
        Some(number) if number <= limit => Ok(number),
        _ => bad(path, format!("it must be a whole number from 0 to {limit}")),
    }
}

fn signed(path: &str, value: &Value, bits: u32) -> Result<i128, ChainError> {
    let (low, high) = (i128::MIN >> (128 - bits), i128::MAX >> (128 - bits));
    match digits(value).and_then(|text| text.parse::<i128>().ok()) {
        Some(number) if (low..=high).contains(&number) => Ok(number),
        _ => bad(
            path,
            format!("it must be a whole number from {low} to {high}"),
        ),
    }
}

fn list<'a>(path: &str, value: &'a Value, len: Option<usize>) -> Result<&'a [Value], ChainError> {
    match (value, len) {
        (Value::Array(list), None) => Ok(list),
        (Value::Array(list), Some(len)) if list.len() == len => Ok(list),
        (_, None) => bad(path, "it must be an array"),
        (_, Some(len)) => bad(path, format!("it must be an array of {len}")),
    }
}

fn bad<T>(path: &str, reason: impl Into<String>) -> Result<T, ChainError> {
    Err(ChainError::BadCall {
        path: path.to_owned(),
        reason: reason.into(),
    })
}
