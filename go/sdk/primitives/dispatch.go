package primitives

import (
	"strconv"

	"polkago.dev/sdk/scale"
)

// A DispatchErrorKind is a reason why a call failed. The values are those of the encoding.
type DispatchErrorKind uint8

// Why a call failed.
const (
	// DispatchOther: a reason that only the log tells.
	DispatchOther DispatchErrorKind = iota
	// DispatchCannotLookup: an address that leads to no account.
	DispatchCannotLookup
	// DispatchBadOrigin: the sender may not make the call.
	DispatchBadOrigin
	// DispatchModule: a pallet's own reason.
	DispatchModule
	// DispatchConsumerRemaining: the account is still needed.
	DispatchConsumerRemaining
	// DispatchNoProviders: the account has nothing to exist for.
	DispatchNoProviders
	// DispatchTooManyConsumers: too much refers to the account.
	DispatchTooManyConsumers
	// DispatchToken: a [TokenError].
	DispatchToken
	// DispatchArithmetic: an [ArithmeticError].
	DispatchArithmetic
	// DispatchTransactional: layers of transactions, by index in the reference implementation's TransactionalError.
	DispatchTransactional
	// DispatchExhausted: resources are used up.
	DispatchExhausted
	// DispatchCorruption: the state is corrupt.
	DispatchCorruption
	// DispatchUnavailable: something is not available at this time.
	DispatchUnavailable
	// DispatchRootNotAllowed: the root origin may not make the call.
	DispatchRootNotAllowed
	// DispatchTrie: a trie or its proof, by index in the reference implementation's TrieError.
	DispatchTrie

	dispatchKinds = iota
)

// A TokenError says what is wrong with a transfer.
type TokenError uint8

// What is wrong with a transfer.
const (
	// TokenFundsUnavailable: the sender has not enough.
	TokenFundsUnavailable TokenError = iota
	// TokenOnlyProvider: the account exists for nothing else.
	TokenOnlyProvider
	// TokenBelowMinimum: the receiver would have too little to exist.
	TokenBelowMinimum
	// TokenCannotCreate: the account cannot be created.
	TokenCannotCreate
	// TokenUnknownAsset: there is no such asset.
	TokenUnknownAsset
	// TokenFrozen: the funds are frozen.
	TokenFrozen
	// TokenUnsupported: the asset does not allow it.
	TokenUnsupported
	// TokenCannotCreateHold: no account can be created for funds on hold.
	TokenCannotCreateHold
	// TokenNotExpendable: the sender, which must go on to exist, would have too little.
	TokenNotExpendable
	// TokenBlocked: the account takes no such asset.
	TokenBlocked

	tokenKinds = iota
)

// An ArithmeticError says what went wrong in a calculation.
type ArithmeticError uint8

// What went wrong in a calculation.
const (
	// ArithmeticUnderflow: below the smallest number.
	ArithmeticUnderflow ArithmeticError = iota
	// ArithmeticOverflow: above the largest number.
	ArithmeticOverflow
	// ArithmeticDivisionByZero: a division by zero.
	ArithmeticDivisionByZero

	arithmeticKinds = iota
)

const (
	transactionalKinds = 2
	trieKinds          = 14
)

// A DispatchError says why a call failed (Polkadot specification, definition "DispatchError"). The transaction stays
// in its block. It is a Go error too.
type DispatchError struct {
	Kind DispatchErrorKind
	// Detail is the [TokenError], [ArithmeticError] or index that belongs to the kind.
	Detail uint8
	// Pallet and Code are the index of the pallet, and its own error, where the kind is DispatchModule. Of an error
	// with fields, what they encode to follows the first byte.
	Pallet uint8
	Code   [4]byte
}

// ModuleError returns the error with the given index of a pallet.
func ModuleError(pallet, index uint8) DispatchError {
	return DispatchError{Kind: DispatchModule, Pallet: pallet, Code: [4]byte{index}}
}

// TokenFailure returns the error of a transfer.
func TokenFailure(e TokenError) DispatchError {
	return DispatchError{Kind: DispatchToken, Detail: uint8(e)}
}

// ArithmeticFailure returns the error of a calculation.
func ArithmeticFailure(e ArithmeticError) DispatchError {
	return DispatchError{Kind: DispatchArithmetic, Detail: uint8(e)}
}

// details returns how many details there are to the kind; 0 where it has none.
func (k DispatchErrorKind) details() int {
	switch k {
	case DispatchToken:
		return tokenKinds
	case DispatchArithmetic:
		return arithmeticKinds
	case DispatchTransactional:
		return transactionalKinds
	case DispatchTrie:
		return trieKinds
	}
	return 0
}

// AppendSCALE appends the kind and what belongs to it.
func (e *DispatchError) AppendSCALE(b []byte) []byte {
	b = append(b, byte(e.Kind))
	switch {
	case e.Kind == DispatchModule:
		return append(append(b, e.Pallet), e.Code[:]...)
	case e.Kind.details() > 0:
		return append(b, e.Detail)
	}
	return b
}

// SizeSCALE returns the length of the encoding.
func (e *DispatchError) SizeSCALE() int {
	switch {
	case e.Kind == DispatchModule:
		return 2 + len(e.Code)
	case e.Kind.details() > 0:
		return 2
	}
	return 1
}

// DecodeSCALE reads an error of one of the known kinds.
func (e *DispatchError) DecodeSCALE(d *scale.Decoder) {
	*e = DispatchError{Kind: DispatchErrorKind(d.Tag(dispatchKinds))}
	if e.Kind == DispatchModule {
		e.Pallet = d.U8()
		d.Fixed(e.Code[:])
	} else if n := e.Kind.details(); n > 0 {
		e.Detail = d.Tag(n)
	}
}

var dispatchTexts = [dispatchKinds]string{
	DispatchOther:             "other",
	DispatchCannotLookup:      "address leads to no account",
	DispatchBadOrigin:         "sender may not make this call",
	DispatchModule:            "pallet",
	DispatchConsumerRemaining: "account is still needed",
	DispatchNoProviders:       "account has nothing to exist for",
	DispatchTooManyConsumers:  "too much refers to the account",
	DispatchToken:             "token",
	DispatchArithmetic:        "arithmetic",
	DispatchTransactional:     "layers of transactions",
	DispatchExhausted:         "resources are used up",
	DispatchCorruption:        "state is corrupt",
	DispatchUnavailable:       "not available",
	DispatchRootNotAllowed:    "root may not make this call",
	DispatchTrie:              "trie",
}

var tokenTexts = [tokenKinds]string{
	TokenFundsUnavailable: "not enough funds",
	TokenOnlyProvider:     "account exists for nothing else",
	TokenBelowMinimum:     "receiver would have too little to exist",
	TokenCannotCreate:     "account cannot be created",
	TokenUnknownAsset:     "no such asset",
	TokenFrozen:           "funds are frozen",
	TokenUnsupported:      "not supported by the asset",
	TokenCannotCreateHold: "no account can be created for funds on hold",
	TokenNotExpendable:    "sender would have too little to exist",
	TokenBlocked:          "account takes no such asset",
}

var arithmeticTexts = [arithmeticKinds]string{
	ArithmeticUnderflow:      "underflow",
	ArithmeticOverflow:       "overflow",
	ArithmeticDivisionByZero: "division by zero",
}

// Error returns the reason as text.
func (e DispatchError) Error() string {
	if e.Kind >= dispatchKinds {
		return "reason " + strconv.Itoa(int(e.Kind))
	}
	text := dispatchTexts[e.Kind]
	switch {
	case e.Kind == DispatchModule:
		return text + " " + strconv.Itoa(int(e.Pallet)) + ": error " + strconv.Itoa(int(e.Code[0]))
	case e.Kind == DispatchToken && e.Detail < tokenKinds:
		return text + ": " + tokenTexts[e.Detail]
	case e.Kind == DispatchArithmetic && e.Detail < arithmeticKinds:
		return text + ": " + arithmeticTexts[e.Detail]
	case e.Kind.details() > 0:
		return text + ": error " + strconv.Itoa(int(e.Detail))
	}
	return text
}

// DispatchOutcome is what became of the call of a transaction that is in a block.
type DispatchOutcome struct {
	scale.Result[struct{}, DispatchError]
}

// Success returns the outcome of a call that succeeded.
func Success() DispatchOutcome { return DispatchOutcome{} }

// Failure returns the outcome of a call that failed.
func Failure(e DispatchError) DispatchOutcome { return DispatchOutcome{scale.Err[struct{}](e)} }

// AppendSCALE appends the result.
func (o *DispatchOutcome) AppendSCALE(b []byte) []byte {
	return scale.AppendResult(b, o.Result, scale.PutUnit, (*DispatchError).AppendSCALE)
}

// SizeSCALE returns the length of the encoding.
func (o *DispatchOutcome) SizeSCALE() int {
	if err, failed := o.GetErr(); failed {
		return 1 + err.SizeSCALE()
	}
	return 1
}

// DecodeSCALE reads a result.
func (o *DispatchOutcome) DecodeSCALE(d *scale.Decoder) {
	o.Result = scale.DecodeResult(d, scale.GetUnit, (*DispatchError).DecodeSCALE)
}

// ApplyExtrinsicResult is what became of an extrinsic: the outcome of its call, or why it may not be in the block.
type ApplyExtrinsicResult struct {
	scale.Result[DispatchOutcome, TransactionValidityError]
}

// Applied returns the result of an extrinsic that is in the block, whatever the outcome of its call.
func Applied(outcome DispatchOutcome) ApplyExtrinsicResult {
	return ApplyExtrinsicResult{scale.Ok[DispatchOutcome, TransactionValidityError](outcome)}
}

// Rejected returns the result of an extrinsic that may not be in the block.
func Rejected(e TransactionValidityError) ApplyExtrinsicResult {
	return ApplyExtrinsicResult{scale.Err[DispatchOutcome](e)}
}

// AppendSCALE appends the result.
func (r *ApplyExtrinsicResult) AppendSCALE(b []byte) []byte {
	return scale.AppendResult(b, r.Result, (*DispatchOutcome).AppendSCALE, (*TransactionValidityError).AppendSCALE)
}

// SizeSCALE returns the length of the encoding.
func (r *ApplyExtrinsicResult) SizeSCALE() int {
	return scale.SizeResult(r.Result, (*DispatchOutcome).SizeSCALE, (*TransactionValidityError).SizeSCALE)
}

// DecodeSCALE reads a result.
func (r *ApplyExtrinsicResult) DecodeSCALE(d *scale.Decoder) {
	r.Result = scale.DecodeResult(d, (*DispatchOutcome).DecodeSCALE, (*TransactionValidityError).DecodeSCALE)
}

// An ExtrinsicInclusionMode says which extrinsics may be in a block; Core_initialize_block returns it.
type ExtrinsicInclusionMode uint8

// Which extrinsics may be in a block.
const (
	// AllExtrinsics: inherents and transactions.
	AllExtrinsics ExtrinsicInclusionMode = iota
	// OnlyInherents: no transactions.
	OnlyInherents
)

// AppendSCALE appends a byte.
func (m *ExtrinsicInclusionMode) AppendSCALE(b []byte) []byte { return append(b, byte(*m)) }

// SizeSCALE returns the length of the encoding.
func (m *ExtrinsicInclusionMode) SizeSCALE() int { return 1 }

// DecodeSCALE reads one of the known modes.
func (m *ExtrinsicInclusionMode) DecodeSCALE(d *scale.Decoder) {
	*m = ExtrinsicInclusionMode(d.Tag(int(OnlyInherents) + 1))
}
