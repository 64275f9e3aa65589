package primitives

import (
	"strconv"

	"polkago.dev/sdk/num"
	"polkago.dev/sdk/scale"
)

// ExtrinsicVersion is the version of the format of extrinsics that this package knows: signed transactions and bare
// extrinsics (Polkadot specification, "Extrinsics").
const ExtrinsicVersion = 4

const signedFlag = 0x80

// Extra is what a signer adds to a transaction, as the signed extensions CheckMortality, CheckNonce and
// ChargeTransactionPayment encode it. A runtime with other extensions has a type of its own in place of it.
type Extra struct {
	Era   Era
	Nonce Nonce
	// Tip is paid for being preferred to other transactions.
	Tip num.U128
}

// AppendSCALE appends the fields in order; nonce and tip are compact.
func (x *Extra) AppendSCALE(b []byte) []byte {
	b = x.Era.AppendSCALE(b)
	b = scale.AppendCompactU32(b, x.Nonce)
	return scale.AppendCompactU128(b, x.Tip)
}

// SizeSCALE returns the length of the encoding.
func (x *Extra) SizeSCALE() int {
	return x.Era.SizeSCALE() + scale.SizeCompactU32(x.Nonce) + scale.SizeCompactU128(x.Tip)
}

// DecodeSCALE reads the fields in order.
func (x *Extra) DecodeSCALE(d *scale.Decoder) {
	x.Era.DecodeSCALE(d)
	x.Nonce = d.CompactU32()
	x.Tip = d.CompactU128()
}

// Additional is what is signed with a transaction and not sent with it, because both sides know it: the signed
// extensions CheckSpecVersion, CheckTxVersion, CheckGenesis and CheckMortality.
type Additional struct {
	SpecVersion        uint32
	TransactionVersion uint32
	// Genesis is the hash of the genesis block.
	Genesis Hash
	// Birth is the hash of the first block of the transaction's era; of the genesis block where it is immortal.
	Birth Hash
}

// AppendSCALE appends the fields in order.
func (a *Additional) AppendSCALE(b []byte) []byte {
	b = scale.AppendU32(b, a.SpecVersion)
	b = scale.AppendU32(b, a.TransactionVersion)
	b = append(b, a.Genesis[:]...)
	return append(b, a.Birth[:]...)
}

// SizeSCALE returns the length of the encoding.
func (a *Additional) SizeSCALE() int { return 4 + 4 + len(a.Genesis) + len(a.Birth) }

// DecodeSCALE reads the fields in order.
func (a *Additional) DecodeSCALE(d *scale.Decoder) {
	a.SpecVersion = d.U32()
	a.TransactionVersion = d.U32()
	a.Genesis.DecodeSCALE(d)
	a.Birth.DecodeSCALE(d)
}

// MaxPayload is the length of the longest payload that is signed as it is. Of a longer one its BLAKE2b-256 hash is
// signed.
const MaxPayload = 256

// AppendPayload appends the payload of a transaction: what its sender signs, if it is not longer than [MaxPayload].
func AppendPayload(b, call []byte, extra *Extra, additional *Additional) []byte {
	return additional.AppendSCALE(extra.AppendSCALE(append(b, call...)))
}

// An Extrinsic is a call with who wants it: a transaction of an account, or a bare extrinsic, whose origin is the
// author of the block.
//
// Within a block, and wherever else it stands among other values, an extrinsic is a sequence of bytes. This is what
// is in it: AppendSCALE and DecodeSCALE are without the length.
type Extrinsic struct {
	Signed bool
	// Address, Signature and Extra are used in a signed one.
	Address   MultiAddress
	Signature MultiSignature
	Extra     Extra
	// Call is the encoded call, all that is behind. After decoding it is a view of the input.
	Call []byte
}

// AppendSCALE appends the version, what a signer adds, and the call.
func (x *Extrinsic) AppendSCALE(b []byte) []byte {
	if !x.Signed {
		return append(append(b, ExtrinsicVersion), x.Call...)
	}
	b = append(b, ExtrinsicVersion|signedFlag)
	b = x.Address.AppendSCALE(b)
	b = x.Signature.AppendSCALE(b)
	b = x.Extra.AppendSCALE(b)
	return append(b, x.Call...)
}

// SizeSCALE returns the length of the encoding.
func (x *Extrinsic) SizeSCALE() int {
	if !x.Signed {
		return 1 + len(x.Call)
	}
	return 1 + x.Address.SizeSCALE() + x.Signature.SizeSCALE() + x.Extra.SizeSCALE() + len(x.Call)
}

// DecodeSCALE reads an extrinsic to the end of the input.
func (x *Extrinsic) DecodeSCALE(d *scale.Decoder) {
	at := d.Offset()
	version := d.U8()
	if d.Failed() {
		return
	}
	if version&^signedFlag != ExtrinsicVersion {
		d.Fail(at, "extrinsic of format "+strconv.Itoa(int(version)))
		return
	}
	*x = Extrinsic{Signed: version&signedFlag != 0}
	if x.Signed {
		x.Address.DecodeSCALE(d)
		x.Signature.DecodeSCALE(d)
		x.Extra.DecodeSCALE(d)
	}
	x.Call = d.Rest()
}
