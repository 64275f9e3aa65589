package primitives

import (
	"math"
	"strconv"

	"polkago.dev/sdk/scale"
)

// A TransactionSource says where a transaction comes from.
type TransactionSource uint8

// The sources of transactions.
const (
	// InBlock: it is in a block already.
	InBlock TransactionSource = iota
	// Local: the node itself made it.
	Local
	// External: it came over the network or from a client.
	External
)

// AppendSCALE appends a byte.
func (s *TransactionSource) AppendSCALE(b []byte) []byte { return append(b, byte(*s)) }

// SizeSCALE returns the length of the encoding.
func (s *TransactionSource) SizeSCALE() int { return 1 }

// DecodeSCALE reads one of the known sources.
func (s *TransactionSource) DecodeSCALE(d *scale.Decoder) {
	*s = TransactionSource(d.Tag(int(External) + 1))
}

// An InvalidTransaction says why a transaction is invalid (Polkadot specification, definition
// "InvalidTransaction"). The values are those of the encoding.
type InvalidTransaction uint8

// Why a transaction is invalid.
const (
	// InvalidCall: there is no such call, or it cannot be decoded.
	InvalidCall InvalidTransaction = iota
	// InvalidPayment: the sender cannot pay.
	InvalidPayment
	// InvalidFuture: it will be valid, such as after a transaction of a lower nonce.
	InvalidFuture
	// InvalidStale: it was valid, such as before a transaction of the same nonce.
	InvalidStale
	// InvalidBadProof: the signature is not the sender's of this transaction on this chain.
	InvalidBadProof
	// InvalidAncientBirthBlock: the runtime does not know the first block of its era any more.
	InvalidAncientBirthBlock
	// InvalidExhaustsResources: there is no room for it in the block.
	InvalidExhaustsResources
	// InvalidCustom: the runtime's own reason.
	InvalidCustom
	// InvalidBadMandatory: an inherent that must be in the block has failed.
	InvalidBadMandatory
	// InvalidMandatoryValidation: an inherent was sent as a transaction.
	InvalidMandatoryValidation
	// InvalidBadSigner: the sender may not send transactions.
	InvalidBadSigner
	// InvalidIndeterminateImplicit: what is signed and not sent cannot be known.
	InvalidIndeterminateImplicit
	// InvalidUnknownOrigin: no extension has authorised an origin.
	InvalidUnknownOrigin

	invalidKinds = iota
)

// An UnknownTransaction says why it is not known whether a transaction is valid (Polkadot specification, definition
// "UnknownTransaction"). The values are those of the encoding.
type UnknownTransaction uint8

// Why it is not known whether a transaction is valid.
const (
	// UnknownCannotLookup: an address that leads to no account.
	UnknownCannotLookup UnknownTransaction = iota
	// UnknownNoUnsignedValidator: nothing says whether such a bare extrinsic is valid.
	UnknownNoUnsignedValidator
	// UnknownCustom: the runtime's own reason.
	UnknownCustom

	unknownKinds = iota
)

// A TransactionValidityError says why a transaction may not go into a block. It is a Go error too.
type TransactionValidityError struct {
	// Unknown: it is not known whether the transaction is valid.
	Unknown bool
	// Reason is an [InvalidTransaction] or, where Unknown is true, an [UnknownTransaction].
	Reason uint8
	// Custom is the runtime's own reason where Reason is InvalidCustom or UnknownCustom.
	Custom uint8
}

// Invalid returns the error of a transaction that is invalid.
func Invalid(reason InvalidTransaction) TransactionValidityError {
	return TransactionValidityError{Reason: uint8(reason)}
}

// Unknown returns the error of a transaction of which it is not known whether it is valid.
func Unknown(reason UnknownTransaction) TransactionValidityError {
	return TransactionValidityError{Unknown: true, Reason: uint8(reason)}
}

func (e *TransactionValidityError) isCustom() bool {
	if e.Unknown {
		return e.Reason == uint8(UnknownCustom)
	}
	return e.Reason == uint8(InvalidCustom)
}

// AppendSCALE appends whether it is unknown, the reason, and the runtime's own where there is one.
func (e *TransactionValidityError) AppendSCALE(b []byte) []byte {
	b = append(scale.AppendBool(b, e.Unknown), e.Reason)
	if e.isCustom() {
		b = append(b, e.Custom)
	}
	return b
}

// SizeSCALE returns the length of the encoding.
func (e *TransactionValidityError) SizeSCALE() int {
	if e.isCustom() {
		return 3
	}
	return 2
}

// DecodeSCALE reads one of the known reasons.
func (e *TransactionValidityError) DecodeSCALE(d *scale.Decoder) {
	*e = TransactionValidityError{Unknown: d.Bool()}
	kinds := invalidKinds
	if e.Unknown {
		kinds = unknownKinds
	}
	e.Reason = d.Tag(kinds)
	if e.isCustom() {
		e.Custom = d.U8()
	}
}

var invalidTexts = [invalidKinds]string{
	InvalidCall:                  "no such call",
	InvalidPayment:               "sender cannot pay",
	InvalidFuture:                "nonce too high",
	InvalidStale:                 "nonce already used",
	InvalidBadProof:              "bad signature",
	InvalidAncientBirthBlock:     "first block of its era is not known",
	InvalidExhaustsResources:     "no room in the block",
	InvalidCustom:                "invalid for the runtime's own reason",
	InvalidBadMandatory:          "inherent that must be in the block failed",
	InvalidMandatoryValidation:   "inherents cannot be sent as transactions",
	InvalidBadSigner:             "sender may not send transactions",
	InvalidIndeterminateImplicit: "what is signed and not sent cannot be known",
	InvalidUnknownOrigin:         "no origin was authorised",
}

var unknownTexts = [unknownKinds]string{
	UnknownCannotLookup:        "address leads to no account",
	UnknownNoUnsignedValidator: "bare extrinsics with this call are not accepted",
	UnknownCustom:              "unknown for the runtime's own reason",
}

// Error returns the reason as text.
func (e TransactionValidityError) Error() string {
	var text string
	switch {
	case !e.Unknown && e.Reason < invalidKinds:
		text = invalidTexts[e.Reason]
	case e.Unknown && e.Reason < unknownKinds:
		text = unknownTexts[e.Reason]
	default:
		text = "reason " + strconv.Itoa(int(e.Reason))
	}
	if e.isCustom() {
		text += " (" + strconv.Itoa(int(e.Custom)) + ")"
	}
	return text
}

// A ValidTransaction says how a valid transaction relates to others.
type ValidTransaction struct {
	// Priority is higher for transactions that should be in a block first.
	Priority uint64
	// Requires has the tags that other transactions must have provided before.
	Requires [][]byte
	// Provides has the tags that this transaction provides. Of two transactions that provide the same one a pool
	// keeps one.
	Provides [][]byte
	// Longevity is the number of blocks for which this holds at least.
	Longevity uint64
	// Propagate: other nodes are to be told of it.
	Propagate bool
}

// Forever is the longevity of a transaction that does not become invalid with time.
const Forever = math.MaxUint64

// AppendSCALE appends the fields in order.
func (v *ValidTransaction) AppendSCALE(b []byte) []byte {
	b = scale.AppendU64(b, v.Priority)
	b = scale.AppendSlice(b, v.Requires, scale.PutBytes)
	b = scale.AppendSlice(b, v.Provides, scale.PutBytes)
	b = scale.AppendU64(b, v.Longevity)
	return scale.AppendBool(b, v.Propagate)
}

// SizeSCALE returns the length of the encoding.
func (v *ValidTransaction) SizeSCALE() int {
	tags := scale.SizeSlice(v.Requires, sizeBytes) + scale.SizeSlice(v.Provides, sizeBytes)
	return 8 + tags + 8 + 1
}

func sizeBytes(v *[]byte) int { return scale.SizeBytes(*v) }

// DecodeSCALE reads the fields in order.
func (v *ValidTransaction) DecodeSCALE(d *scale.Decoder) {
	v.Priority = d.U64()
	v.Requires = scale.DecodeSlice(d, 1, scale.GetBytes)
	v.Provides = scale.DecodeSlice(d, 1, scale.GetBytes)
	v.Longevity = d.U64()
	v.Propagate = d.Bool()
}

// TransactionValidity is what the validation of a transaction gives.
type TransactionValidity struct {
	scale.Result[ValidTransaction, TransactionValidityError]
}

// Valid returns the result for a valid transaction.
func Valid(v ValidTransaction) TransactionValidity {
	return TransactionValidity{scale.Ok[ValidTransaction, TransactionValidityError](v)}
}

// NotValid returns the result for a transaction that may not go into a block.
func NotValid(e TransactionValidityError) TransactionValidity {
	return TransactionValidity{scale.Err[ValidTransaction](e)}
}

// AppendSCALE appends the result.
func (v *TransactionValidity) AppendSCALE(b []byte) []byte {
	return scale.AppendResult(b, v.Result, (*ValidTransaction).AppendSCALE, (*TransactionValidityError).AppendSCALE)
}

// SizeSCALE returns the length of the encoding.
func (v *TransactionValidity) SizeSCALE() int {
	return scale.SizeResult(v.Result, (*ValidTransaction).SizeSCALE, (*TransactionValidityError).SizeSCALE)
}

// DecodeSCALE reads a result.
func (v *TransactionValidity) DecodeSCALE(d *scale.Decoder) {
	v.Result = scale.DecodeResult(d, (*ValidTransaction).DecodeSCALE, (*TransactionValidityError).DecodeSCALE)
}
