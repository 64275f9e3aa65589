package describe

import (
	"polkago.dev/sdk/metadata"
	"polkago.dev/sdk/scale"
)

func callsPath(pallet string) []string { return []string{"frameless", pallet, "Call"} }

func errorsPath(pallet string) []string { return []string{"frameless", pallet, "Error"} }

func (t *types) system(facts *Facts) metadata.Pallet {
	info := t.accountInfo()
	return metadata.Pallet{
		Name:   "System",
		Index:  0,
		Prefix: "System",
		Storage: []metadata.Item{
			{
				Name: "Account", Default: true, Hashers: []metadata.Hasher{metadata.Blake2x128Concat},
				Key: t.account, Value: info, Fallback: zeros(80),
				Docs: []string{"The accounts with their nonces and balances."},
			},
			{
				Name: "ExtrinsicCount", Value: t.u32, Fallback: none,
				Docs: []string{"The number of extrinsics of the block that is being built."},
			},
			{
				Name: "BlockHash", Default: true, Hashers: []metadata.Hasher{metadata.Twox64Concat},
				Key: t.u32, Value: t.hash, Fallback: zeros(32),
				Docs: []string{"The hashes of the genesis block and of the last blocks."},
			},
			{
				Name: "ExtrinsicData", Default: true, Hashers: []metadata.Hasher{metadata.Twox64Concat},
				Key: t.u32, Value: t.bytes, Fallback: none,
				Docs: []string{"The extrinsics of the block that is being built."},
			},
			{
				Name: "Number", Default: true, Value: t.u32, Fallback: zeros(4),
				Docs: []string{"The number of the block."},
			},
			{
				Name: "ParentHash", Default: true, Value: t.hash, Fallback: zeros(32),
				Docs: []string{"The hash of the block before."},
			},
			{
				Name: "Digest", Default: true, Value: t.digest(), Fallback: none,
				Docs: []string{"The digest of the block."},
			},
			{
				Name: "SudoKey", Value: t.account, Fallback: none,
				Docs: []string{"The account that may upgrade the runtime."},
			},
		},
		Calls: scale.Some(t.r.Enum(callsPath("system"),
			metadata.Case{
				Name: "remark", Index: 0,
				Fields: []metadata.Field{{Name: "remark", Type: t.bytes, TypeName: "Vec<u8>"}},
				Docs:   []string{"Does nothing."},
			},
			metadata.Case{
				Name: "set_code", Index: 2,
				Fields: []metadata.Field{{Name: "code", Type: t.bytes, TypeName: "Vec<u8>"}},
				Docs:   []string{"Replaces the code of the runtime. Only the account SudoKey may do so."},
			},
		)),
		Errors: scale.Some(t.r.Enum(errorsPath("system"),
			metadata.Case{Name: "InvalidSpecName", Index: 0, Docs: []string{"The new runtime is of another chain."}},
			metadata.Case{Name: "SpecVersionNeedsToIncrease", Index: 1, Docs: []string{"Its version is not higher."}},
			metadata.Case{Name: "FailedToExtractRuntimeVersion", Index: 2, Docs: []string{"It does not tell its version."}},
		)),
		Constants: []metadata.Constant{
			{
				Name: "BlockHashCount", Type: t.u32, Value: u32(facts.BlockHashCount),
				Docs: []string{"How many hashes of former blocks are kept."},
			},
			{
				Name: "Version", Type: t.version(), Value: scale.Marshal(&facts.Version),
				Docs: []string{"The version of the runtime."},
			},
			{
				Name: "SS58Prefix", Type: t.u16, Value: scale.AppendU16(nil, 42),
				Docs: []string{"What addresses of this chain begin with: that of any chain."},
			},
		},
	}
}

func (t *types) timestamp() metadata.Pallet {
	return metadata.Pallet{
		Name:   "Timestamp",
		Index:  1,
		Prefix: "Timestamp",
		Storage: []metadata.Item{{
			Name: "Now", Default: true, Value: t.u64, Fallback: zeros(8),
			Docs: []string{"The time of the block, in milliseconds since 1970."},
		}},
		Calls: scale.Some(t.r.Enum(callsPath("timestamp"), metadata.Case{
			Name: "set", Index: 0,
			Fields: []metadata.Field{{Name: "now", Type: t.compactU64, TypeName: "u64"}},
			Docs:   []string{"Sets the time of the block. Only the block's author does so."},
		})),
	}
}

func (t *types) balances(facts *Facts) metadata.Pallet {
	return metadata.Pallet{
		Name:   "Balances",
		Index:  2,
		Prefix: "Balances",
		Storage: []metadata.Item{{
			Name: "TotalIssuance", Default: true, Value: t.u128, Fallback: zeros(16),
			Docs: []string{"The sum of all balances."},
		}},
		Calls: scale.Some(t.r.Enum(callsPath("balances"), metadata.Case{
			Name: "transfer_keep_alive", Index: 3,
			Fields: []metadata.Field{
				{Name: "dest", Type: t.address, TypeName: "AccountIdLookupOf<T>"},
				{Name: "value", Type: t.compactU128, TypeName: "u128"},
			},
			Docs: []string{"Moves value to another account."},
		})),
		Constants: []metadata.Constant{{
			Name: "ExistentialDeposit", Type: t.u128, Value: scale.AppendU128(nil, facts.ExistentialDeposit),
			Docs: []string{"The smallest balance of an account."},
		}},
	}
}

func (t *types) storage(facts *Facts) metadata.Pallet {
	return metadata.Pallet{
		Name:   "Storage",
		Index:  3,
		Prefix: "Storage",
		Storage: []metadata.Item{{
			Name: "Values", Hashers: []metadata.Hasher{metadata.Blake2x128Concat},
			Key: t.account, Value: t.bytes, Fallback: none,
			Docs: []string{"The bytes that accounts keep."},
		}},
		Calls: scale.Some(t.r.Enum(callsPath("storage"),
			metadata.Case{
				Name: "set_value", Index: 0,
				Fields: []metadata.Field{{Name: "value", Type: t.bytes, TypeName: "Vec<u8>"}},
				Docs:   []string{"Keeps bytes for the sender."},
			},
			metadata.Case{Name: "clear_value", Index: 1, Docs: []string{"Forgets them."}},
		)),
		Errors: scale.Some(t.r.Enum(errorsPath("storage"),
			metadata.Case{Name: "ValueTooLong", Index: 0, Docs: []string{"There are more bytes than MaxLength."}},
			metadata.Case{Name: "NoValue", Index: 1, Docs: []string{"The sender keeps no bytes."}},
		)),
		Constants: []metadata.Constant{{
			Name: "MaxLength", Type: t.u32, Value: u32(facts.MaxValue),
			Docs: []string{"How many bytes an account may keep."},
		}},
	}
}

func (t *types) accountInfo() metadata.TypeID {
	data := t.r.Struct([]string{"pallet_balances", "types", "AccountData"},
		metadata.Field{Name: "free", Type: t.u128, TypeName: "Balance"},
		metadata.Field{Name: "reserved", Type: t.u128, TypeName: "Balance"},
		metadata.Field{Name: "frozen", Type: t.u128, TypeName: "Balance"},
		metadata.Field{Name: "flags", Type: t.u128, TypeName: "ExtraFlags"},
	)
	return t.r.Struct([]string{"frame_system", "AccountInfo"},
		metadata.Field{Name: "nonce", Type: t.u32, TypeName: "Nonce"},
		metadata.Field{Name: "consumers", Type: t.u32, TypeName: "RefCount"},
		metadata.Field{Name: "providers", Type: t.u32, TypeName: "RefCount"},
		metadata.Field{Name: "sufficients", Type: t.u32, TypeName: "RefCount"},
		metadata.Field{Name: "data", Type: data, TypeName: "AccountData"},
	)
}

func (t *types) digest() metadata.TypeID {
	engine := metadata.Field{Type: t.r.ByteArray(4), TypeName: "ConsensusEngineId"}
	data := metadata.Field{Type: t.bytes, TypeName: "Vec<u8>"}
	item := t.r.Enum([]string{"sp_runtime", "generic", "digest", "DigestItem"},
		metadata.Case{Name: "PreRuntime", Index: 6, Fields: []metadata.Field{engine, data}},
		metadata.Case{Name: "Consensus", Index: 4, Fields: []metadata.Field{engine, data}},
		metadata.Case{Name: "Seal", Index: 5, Fields: []metadata.Field{engine, data}},
		metadata.Case{Name: "Other", Index: 0, Fields: []metadata.Field{data}},
		metadata.Case{Name: "RuntimeEnvironmentUpdated", Index: 8},
	)
	return t.r.Struct([]string{"sp_runtime", "generic", "digest", "Digest"},
		metadata.Field{Name: "logs", Type: t.r.Sequence(item), TypeName: "Vec<DigestItem>"})
}

func (t *types) version() metadata.TypeID {
	apis := t.r.Sequence(t.r.Tuple(t.r.ByteArray(8), t.u32))
	return t.r.Struct([]string{"sp_version", "RuntimeVersion"},
		metadata.Field{Name: "spec_name", Type: t.str, TypeName: "Cow<'static, str>"},
		metadata.Field{Name: "impl_name", Type: t.str, TypeName: "Cow<'static, str>"},
		metadata.Field{Name: "authoring_version", Type: t.u32, TypeName: "u32"},
		metadata.Field{Name: "spec_version", Type: t.u32, TypeName: "u32"},
		metadata.Field{Name: "impl_version", Type: t.u32, TypeName: "u32"},
		metadata.Field{Name: "apis", Type: apis, TypeName: "ApisVec"},
		metadata.Field{Name: "transaction_version", Type: t.u32, TypeName: "u32"},
		metadata.Field{Name: "system_version", Type: t.u8, TypeName: "u8"},
	)
}
