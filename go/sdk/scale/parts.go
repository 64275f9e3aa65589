package scale

import "polkago.dev/sdk/num"

// Put and Get functions: how the parts of sequences, options and the like are encoded and decoded.

// PutU8 appends *v as [AppendU8] does.
func PutU8(v *uint8, b []byte) []byte { return AppendU8(b, *v) }

// PutU16 appends *v as [AppendU16] does.
func PutU16(v *uint16, b []byte) []byte { return AppendU16(b, *v) }

// PutU32 appends *v as [AppendU32] does.
func PutU32(v *uint32, b []byte) []byte { return AppendU32(b, *v) }

// PutU64 appends *v as [AppendU64] does.
func PutU64(v *uint64, b []byte) []byte { return AppendU64(b, *v) }

// PutU128 appends *v as [AppendU128] does.
func PutU128(v *num.U128, b []byte) []byte { return AppendU128(b, *v) }

// PutU256 appends *v as [AppendU256] does.
func PutU256(v *num.U256, b []byte) []byte { return AppendU256(b, *v) }

// PutI8 appends *v as [AppendI8] does.
func PutI8(v *int8, b []byte) []byte { return AppendI8(b, *v) }

// PutI16 appends *v as [AppendI16] does.
func PutI16(v *int16, b []byte) []byte { return AppendI16(b, *v) }

// PutI32 appends *v as [AppendI32] does.
func PutI32(v *int32, b []byte) []byte { return AppendI32(b, *v) }

// PutI64 appends *v as [AppendI64] does.
func PutI64(v *int64, b []byte) []byte { return AppendI64(b, *v) }

// PutI128 appends *v as [AppendI128] does.
func PutI128(v *num.I128, b []byte) []byte { return AppendI128(b, *v) }

// PutI256 appends *v as [AppendI256] does.
func PutI256(v *num.I256, b []byte) []byte { return AppendI256(b, *v) }

// PutCompactU8 appends *v as [AppendCompactU8] does.
func PutCompactU8(v *uint8, b []byte) []byte { return AppendCompactU8(b, *v) }

// PutCompactU16 appends *v as [AppendCompactU16] does.
func PutCompactU16(v *uint16, b []byte) []byte { return AppendCompactU16(b, *v) }

// PutCompactU32 appends *v as [AppendCompactU32] does.
func PutCompactU32(v *uint32, b []byte) []byte { return AppendCompactU32(b, *v) }

// PutCompactU64 appends *v as [AppendCompactU64] does.
func PutCompactU64(v *uint64, b []byte) []byte { return AppendCompactU64(b, *v) }

// PutCompactU128 appends *v as [AppendCompactU128] does.
func PutCompactU128(v *num.U128, b []byte) []byte { return AppendCompactU128(b, *v) }

// PutCompactU256 appends *v as [AppendCompactU256] does.
func PutCompactU256(v *num.U256, b []byte) []byte { return AppendCompactU256(b, *v) }

// PutBool appends *v as [AppendBool] does.
func PutBool(v *bool, b []byte) []byte { return AppendBool(b, *v) }

// PutString appends *v as [AppendString] does.
func PutString(v *string, b []byte) []byte { return AppendString(b, *v) }

// PutBytes appends *v as [AppendBytes] does.
func PutBytes(v *[]byte, b []byte) []byte { return AppendBytes(b, *v) }

// PutHash appends the 32 bytes of *v.
func PutHash(v *[32]byte, b []byte) []byte { return append(b, v[:]...) }

// PutUnit appends nothing: the encoding of the empty tuple.
func PutUnit(_ *struct{}, b []byte) []byte { return b }

// GetU8 reads *v as [Decoder.U8] does.
func GetU8(v *uint8, d *Decoder) { *v = d.U8() }

// GetU16 reads *v as [Decoder.U16] does.
func GetU16(v *uint16, d *Decoder) { *v = d.U16() }

// GetU32 reads *v as [Decoder.U32] does.
func GetU32(v *uint32, d *Decoder) { *v = d.U32() }

// GetU64 reads *v as [Decoder.U64] does.
func GetU64(v *uint64, d *Decoder) { *v = d.U64() }

// GetU128 reads *v as [Decoder.U128] does.
func GetU128(v *num.U128, d *Decoder) { *v = d.U128() }

// GetU256 reads *v as [Decoder.U256] does.
func GetU256(v *num.U256, d *Decoder) { *v = d.U256() }

// GetI8 reads *v as [Decoder.I8] does.
func GetI8(v *int8, d *Decoder) { *v = d.I8() }

// GetI16 reads *v as [Decoder.I16] does.
func GetI16(v *int16, d *Decoder) { *v = d.I16() }

// GetI32 reads *v as [Decoder.I32] does.
func GetI32(v *int32, d *Decoder) { *v = d.I32() }

// GetI64 reads *v as [Decoder.I64] does.
func GetI64(v *int64, d *Decoder) { *v = d.I64() }

// GetI128 reads *v as [Decoder.I128] does.
func GetI128(v *num.I128, d *Decoder) { *v = d.I128() }

// GetI256 reads *v as [Decoder.I256] does.
func GetI256(v *num.I256, d *Decoder) { *v = d.I256() }

// GetCompactU8 reads *v as [Decoder.CompactU8] does.
func GetCompactU8(v *uint8, d *Decoder) { *v = d.CompactU8() }

// GetCompactU16 reads *v as [Decoder.CompactU16] does.
func GetCompactU16(v *uint16, d *Decoder) { *v = d.CompactU16() }

// GetCompactU32 reads *v as [Decoder.CompactU32] does.
func GetCompactU32(v *uint32, d *Decoder) { *v = d.CompactU32() }

// GetCompactU64 reads *v as [Decoder.CompactU64] does.
func GetCompactU64(v *uint64, d *Decoder) { *v = d.CompactU64() }

// GetCompactU128 reads *v as [Decoder.CompactU128] does.
func GetCompactU128(v *num.U128, d *Decoder) { *v = d.CompactU128() }

// GetCompactU256 reads *v as [Decoder.CompactU256] does.
func GetCompactU256(v *num.U256, d *Decoder) { *v = d.CompactU256() }

// GetBool reads *v as [Decoder.Bool] does.
func GetBool(v *bool, d *Decoder) { *v = d.Bool() }

// GetString reads *v as [Decoder.String] does.
func GetString(v *string, d *Decoder) { *v = d.String() }

// GetBytes reads *v as [Decoder.Bytes] does.
func GetBytes(v *[]byte, d *Decoder) { *v = d.Bytes() }

// GetHash reads the 32 bytes of *v.
func GetHash(v *[32]byte, d *Decoder) { d.Fixed(v[:]) }

// GetUnit reads nothing: the encoding of the empty tuple.
func GetUnit(_ *struct{}, _ *Decoder) {}
