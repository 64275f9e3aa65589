package main

import (
	"polkago.dev/sdk/hostapi/crypto"
	"polkago.dev/sdk/hostapi/hashing"
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

// maxExtrinsic is the length in bytes of the longest extrinsic. An upgrade has the whole runtime in it.
const maxExtrinsic = 4 << 20

// An invalid says why an extrinsic may not be in a block; nil if it may.
type invalid = *primitives.TransactionValidityError

func refused(reason primitives.InvalidTransaction) invalid {
	e := primitives.Invalid(reason)
	return &e
}

func unknown(reason primitives.UnknownTransaction) invalid {
	e := primitives.Unknown(reason)
	return &e
}

// An origin is the account that makes a call.
type origin struct {
	account primitives.AccountID
	// info is what the state will have of the account when the call is done.
	info *accountInfo
}

// apply executes an extrinsic at a place of the current block, or says why it may not be there. If it may not, the
// state has not changed.
func apply(encoded []byte, index uint32, c *context) (outcome primitives.DispatchOutcome, why invalid) {
	var x primitives.Extrinsic
	call, why := decodeExtrinsic(encoded, &x)
	if why != nil {
		return outcome, why
	}
	if !x.Signed {
		inherent := asInherent(call)
		if inherent == nil {
			return outcome, unknown(primitives.UnknownNoUnsignedValidator)
		}
		return outcome, inherent.apply(index)
	}
	t := transaction{extrinsic: &x}
	if why := t.check(c); why != nil {
		return outcome, why
	}
	if x.Extra.Nonce != t.account.Nonce {
		return outcome, refused(primitives.InvalidFuture)
	}
	t.pay()
	outcome = call.dispatch(origin{t.sender, &t.account})
	storeAccountAt(&t.key, &t.account)
	return outcome, nil
}

// decodeExtrinsic decodes all of an extrinsic.
func decodeExtrinsic(encoded []byte, x *primitives.Extrinsic) (call, invalid) {
	if len(encoded) > maxExtrinsic {
		return nil, refused(primitives.InvalidExhaustsResources)
	}
	if scale.Unmarshal(encoded, x) != nil {
		return nil, refused(primitives.InvalidCall)
	}
	d := scale.NewDecoder(x.Call)
	call := decodeCall(d)
	if d.Finish() != nil {
		return nil, refused(primitives.InvalidCall)
	}
	return call, nil
}

// A context is the block that a transaction is to be in.
type context struct {
	number primitives.BlockNumber
	// parent is the hash of the block before, if it is not in the state; otherwise zero.
	parent  primitives.Hash
	genesis primitives.Hash
}

func newContext(number primitives.BlockNumber, parent primitives.Hash) context {
	c := context{number: number, parent: parent}
	c.genesis, _ = c.hash(0)
	return c
}

// blockContext returns the context of the current block.
func blockContext() context { return newContext(loadU32(numberKey), primitives.Hash{}) }

// hash returns the hash of a former block, or false where it is not known any more.
func (c *context) hash(number primitives.BlockNumber) (h primitives.Hash, ok bool) {
	if number+1 == c.number && c.parent != (primitives.Hash{}) {
		return c.parent, true
	}
	key := blockHashKey(number)
	ok = read(key[:], h[:])
	return h, ok
}

// A transaction is a signed extrinsic with what the state has of its sender.
type transaction struct {
	extrinsic *primitives.Extrinsic
	sender    primitives.AccountID
	key       keyByAccount // of the sender's account
	account   accountInfo
}

// check finds out whether a transaction is valid but for a nonce that is too high.
func (t *transaction) check(c *context) invalid {
	x := t.extrinsic
	sender, ok := x.Address.Account()
	if !ok {
		return unknown(primitives.UnknownCannotLookup)
	}
	birth := c.genesis
	if !x.Extra.Era.IsImmortal() {
		if birth, ok = c.hash(x.Extra.Era.Birth(c.number)); !ok {
			return refused(primitives.InvalidAncientBirthBlock)
		}
	}
	additional := primitives.Additional{
		SpecVersion:        version.SpecVersion,
		TransactionVersion: version.TransactionVersion,
		Genesis:            c.genesis,
		Birth:              birth,
	}
	if !verify(x, &sender, &additional) {
		return refused(primitives.InvalidBadProof)
	}
	t.sender, t.key = sender, accountKey(&sender)
	t.account = loadAccountAt(&t.key)
	if x.Extra.Nonce < t.account.Nonce {
		return refused(primitives.InvalidStale)
	}
	rest, ok := t.account.Data.Free.Sub(x.Extra.Tip)
	if !t.account.exists() || !ok || rest.Less(existentialDeposit) {
		return refused(primitives.InvalidPayment)
	}
	return nil
}

// verify reports whether the sender has signed an extrinsic.
func verify(x *primitives.Extrinsic, sender *primitives.AccountID, additional *primitives.Additional) bool {
	if x.Signature.Kind != primitives.Sr25519 {
		return false
	}
	// Most have room in so many bytes.
	payload := primitives.AppendPayload(make([]byte, 0, 128), x.Call, &x.Extra, additional)
	if len(payload) > primitives.MaxPayload {
		hash := hashing.Blake2b256(payload)
		payload = hash[:]
	}
	return crypto.Sr25519Verify((*[64]byte)(x.Signature.Bytes[:64]), payload, (*[32]byte)(sender))
}

// pay uses up the nonce of a transaction and burns its tip.
func (t *transaction) pay() {
	t.account.Nonce++
	if tip := t.extrinsic.Extra.Tip; !tip.IsZero() {
		t.account.Data.Free = t.account.Data.Free.SaturatingSub(tip)
		storeU128(issuanceKey, loadU128(issuanceKey).SaturatingSub(tip))
	}
}

// An opaqueExtrinsic is the argument of BlockBuilder_apply_extrinsic. An extrinsic that is cut short or has something
// behind it is an invalid one, not an argument that cannot be decoded: it becomes an empty one, which nothing decodes.
type opaqueExtrinsic struct {
	encoded []byte // with its length in front, as it is in a block
	bytes   []byte
}

// AppendSCALE appends what an extrinsic is in a block: its length and its bytes.
func (x *opaqueExtrinsic) AppendSCALE(b []byte) []byte { return append(b, x.encoded...) }

// DecodeSCALE reads all of the input.
func (x *opaqueExtrinsic) DecodeSCALE(d *scale.Decoder) {
	x.encoded = d.Rest()
	inner := scale.NewDecoder(x.encoded)
	if x.bytes = inner.BytesView(); inner.Finish() != nil {
		x.bytes = nil
	}
}

// A validation is the arguments of TaggedTransactionQueue_validate_transaction.
type validation struct {
	source    primitives.TransactionSource
	extrinsic []byte
	// block is the hash of the block behind which the transaction is to be valid.
	block primitives.Hash
}

// AppendSCALE appends the fields in order.
func (v *validation) AppendSCALE(b []byte) []byte {
	b = v.source.AppendSCALE(b)
	b = scale.AppendBytes(b, v.extrinsic)
	return append(b, v.block[:]...)
}

// DecodeSCALE reads all of the input; as with an opaqueExtrinsic nothing is an error.
func (v *validation) DecodeSCALE(d *scale.Decoder) {
	inner := scale.NewDecoder(d.Rest())
	v.source.DecodeSCALE(inner)
	v.extrinsic = inner.BytesView()
	if v.block.DecodeSCALE(inner); inner.Finish() != nil {
		v.extrinsic = nil
	}
}

// validateTransaction says whether a transaction may be in the next block, or after others.
func validateTransaction(v *validation) primitives.TransactionValidity {
	var x primitives.Extrinsic
	call, why := decodeExtrinsic(v.extrinsic, &x)
	if why != nil {
		return primitives.NotValid(*why)
	}
	if !x.Signed {
		if asInherent(call) != nil {
			return primitives.NotValid(primitives.Invalid(primitives.InvalidMandatoryValidation))
		}
		return primitives.NotValid(primitives.Unknown(primitives.UnknownNoUnsignedValidator))
	}
	next := newContext(loadU32(numberKey)+1, v.block)
	t := transaction{extrinsic: &x}
	if why := t.check(&next); why != nil {
		return primitives.NotValid(*why)
	}
	valid := primitives.ValidTransaction{
		Priority:  priority(x.Extra.Tip),
		Provides:  [][]byte{tag(&t.sender, x.Extra.Nonce)},
		Longevity: primitives.Forever,
		Propagate: true,
	}
	if x.Extra.Nonce > t.account.Nonce {
		valid.Requires = [][]byte{tag(&t.sender, x.Extra.Nonce-1)}
	}
	if !x.Extra.Era.IsImmortal() {
		valid.Longevity = x.Extra.Era.Death(next.number) - uint64(next.number)
	}
	return primitives.Valid(valid)
}

// tag returns what the transaction of an account with a nonce provides.
func tag(who *primitives.AccountID, nonce primitives.Nonce) []byte {
	return scale.AppendU32(append(make([]byte, 0, 36), who[:]...), nonce)
}

// priority returns the priority of a transaction: its tip, as far as 64 bits go.
func priority(tip num.U128) uint64 {
	if tip.Hi != 0 {
		return ^uint64(0)
	}
	return tip.Lo
}
