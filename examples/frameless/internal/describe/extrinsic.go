package describe

import (
	"strconv"

	"polkago.dev/sdk/metadata"
)

// extrinsic describes extrinsics: clients take address, call, signature and extra from the parameters of the type.
func (t *types) extrinsic(call metadata.TypeID) metadata.Extrinsic {
	extensions := []metadata.Extension{
		{Name: "CheckSpecVersion", Type: t.unit, Additional: t.u32},
		{Name: "CheckTxVersion", Type: t.unit, Additional: t.u32},
		{Name: "CheckGenesis", Type: t.unit, Additional: t.hash},
		{Name: "CheckMortality", Type: t.era(), Additional: t.hash},
		{Name: "CheckNonce", Type: t.compactU32, Additional: t.unit},
		{Name: "ChargeTransactionPayment", Type: t.compactU128, Additional: t.unit},
	}
	var extra []metadata.TypeID
	for _, e := range extensions {
		extra = append(extra, e.Type)
	}
	return metadata.Extrinsic{
		Type: t.r.Add(metadata.Type{
			Path: []string{"sp_runtime", "generic", "unchecked_extrinsic", "UncheckedExtrinsic"},
			Params: []metadata.Param{
				{Name: "Address", Type: t.address},
				{Name: "Call", Type: call},
				{Name: "Signature", Type: t.signature()},
				{Name: "Extra", Type: t.r.Tuple(extra...)},
			},
			Def: metadata.Composite{Fields: []metadata.Field{{Type: t.bytes}}},
		}),
		Version:    4,
		Extensions: extensions,
	}
}

func (t *types) signature() metadata.TypeID {
	one := func(name string, index uint8, size uint32) metadata.Case {
		return metadata.Case{Name: name, Index: index, Fields: []metadata.Field{{Type: t.r.ByteArray(size)}}}
	}
	return t.r.Enum([]string{"sp_runtime", "MultiSignature"},
		one("Ed25519", 0, 64), one("Sr25519", 1, 64), one("Ecdsa", 2, 65), one("Eth", 3, 65))
}

// era describes eras: of one that is not immortal both bytes count, the first of which is the index of a case.
func (t *types) era() metadata.TypeID {
	cases := []metadata.Case{{Name: "Immortal"}}
	for first := 1; first < 256; first++ {
		cases = append(cases, metadata.Case{
			Name:   "Mortal" + strconv.Itoa(first),
			Index:  uint8(first),
			Fields: []metadata.Field{{Type: t.u8}},
		})
	}
	return t.r.Enum([]string{"sp_runtime", "generic", "era", "Era"}, cases...)
}
