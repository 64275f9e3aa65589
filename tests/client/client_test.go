// Package client holds examples/frameless against a client library by others, go-substrate-rpc-client: the library
// reads its metadata, finds calls and storage keys by name, and signs transactions.
//
// The signed transactions stand in examples/frameless/testdata/client.txt, where the runtime's own tests take them:
//
//	go test -update -genesis 0x...
//
// writes them anew, for a genesis block that TestClient of examples/frameless names.
package client

import (
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	gotypes "go/types"
	"os"
	"strings"
	"testing"

	"github.com/centrifuge/go-substrate-rpc-client/v4/signature"
	"github.com/centrifuge/go-substrate-rpc-client/v4/types"
	"github.com/centrifuge/go-substrate-rpc-client/v4/types/codec"
)

const (
	runtime = "../../examples/frameless/"
	fixture = runtime + "testdata/client.txt"
)

var (
	update  = flag.Bool("update", false, "write the signed transactions anew")
	genesis = flag.String("genesis", "", "the hash of the genesis block that they are for")
)

// metadata returns the constant of that name in the runtime's metadata_gen.go.
func metadata(t *testing.T) *types.Metadata {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, runtime+"metadata_gen.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	config := gotypes.Config{Importer: importer.Default()}
	pkg, err := config.Check("main", files, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	value := pkg.Scope().Lookup("metadataV14").(*gotypes.Const).Val()
	m := new(types.Metadata)
	if err := codec.Decode([]byte(constant.StringVal(value)), m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMetadata(t *testing.T) {
	m := metadata(t)
	if m.Version != 14 || len(m.AsMetadataV14.Pallets) != 4 {
		t.Errorf("version %d with %d pallets", m.Version, len(m.AsMetadataV14.Pallets))
	}
	calls := map[string]types.CallIndex{
		"System.remark":                {SectionIndex: 0, MethodIndex: 0},
		"System.set_code":              {SectionIndex: 0, MethodIndex: 2},
		"Timestamp.set":                {SectionIndex: 1, MethodIndex: 0},
		"Balances.transfer_keep_alive": {SectionIndex: 2, MethodIndex: 3},
		"Storage.set_value":            {SectionIndex: 3, MethodIndex: 0},
		"Storage.clear_value":          {SectionIndex: 3, MethodIndex: 1},
	}
	for name, want := range calls {
		if got, err := m.FindCallIndex(name); err != nil || got != want {
			t.Errorf("%s is %v, %v", name, got, err)
		}
	}
	alice := signature.TestKeyringPairAlice.PublicKey
	key, err := types.CreateStorageKey(m, "System", "Account", alice)
	const want = "26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9" +
		"de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"
	if got := hex.EncodeToString(key); err != nil || got != want {
		t.Errorf("key of Alice's account is %s, %v", got, err)
	}
}

// bob is the public key of the development account.
var bob = mustHex("8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48")

func mustHex(digits string) []byte {
	b, err := hex.DecodeString(strings.TrimPrefix(digits, "0x"))
	if err != nil {
		panic(err)
	}
	return b
}

// A transaction of Alice's.
type transaction struct {
	name, call string
	args       []any
	mortal     bool // for 64 blocks from the genesis block on
	tip        uint64
}

func transactions() []transaction {
	to, err := types.NewMultiAddressFromAccountID(bob)
	if err != nil {
		panic(err)
	}
	return []transaction{
		{name: "transfer", call: "Balances.transfer_keep_alive", args: []any{to, types.NewUCompactFromUInt(12_345)}},
		{name: "value", call: "Storage.set_value", args: []any{[]byte("from a client")}, mortal: true},
		{name: "tip", call: "System.remark", args: []any{bytes.Repeat([]byte("long "), 100)}, tip: 1_000_000_000_000},
	}
}

// TestTransactions reads the signed transactions as it would encode them.
func TestTransactions(t *testing.T) {
	if *update {
		write(t)
	}
	m := metadata(t)
	text, err := os.ReadFile(fixture)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	for i, tx := range transactions() {
		name, digits, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " ")
		var x types.Extrinsic
		if err := codec.Decode(mustHex(digits), &x); err != nil || name != tx.name {
			t.Fatalf("%s: %v", name, err)
		}
		want, err := types.NewCall(m, tx.call, tx.args...)
		if err != nil {
			t.Fatal(err)
		}
		if !x.IsSigned() || x.Method.CallIndex != want.CallIndex || !bytes.Equal(x.Method.Args, want.Args) {
			t.Errorf("%s: %+v", name, x)
		}
	}
}

// write signs the transactions and writes them.
func write(t *testing.T) {
	t.Helper()
	m := metadata(t)
	hash := types.NewHash(mustHex(*genesis))
	var b bytes.Buffer
	fmt.Fprintf(&b, "genesis %x\n", hash[:])
	for nonce, tx := range transactions() {
		call, err := types.NewCall(m, tx.call, tx.args...)
		if err != nil {
			t.Fatal(err)
		}
		x := types.NewExtrinsic(call)
		options := types.SignatureOptions{
			BlockHash:          hash,
			GenesisHash:        hash,
			Nonce:              types.NewUCompactFromUInt(uint64(nonce)),
			SpecVersion:        1,
			TransactionVersion: 1,
			Tip:                types.NewUCompactFromUInt(tx.tip),
		}
		if tx.mortal {
			// The period's logarithm less one, and phase 0.
			options.Era = types.ExtrinsicEra{IsMortalEra: true, AsMortalEra: types.MortalEra{First: 5}}
		}
		if err := x.Sign(signature.TestKeyringPairAlice, options); err != nil {
			t.Fatal(err)
		}
		encoded, err := codec.Encode(x)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %x\n", tx.name, encoded)
	}
	if err := os.MkdirAll(runtime+"testdata", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(fixture, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
