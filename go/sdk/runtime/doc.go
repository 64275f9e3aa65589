// Package runtime is what the entry points of a Polkadot runtime call, which "polkago generate" writes.
//
// # Runtime APIs
//
// The directive //polkago:api makes the methods of a type a runtime API: it tells the name of the API and its version.
// It stands before a struct type,
//
//	//polkago:api Core 5
//	type core struct{}
//
//	func (*core) Version() primitives.RuntimeVersion { ... }
//	func (*core) ExecuteBlock(block primitives.Block) { ... }
//
// or before an interface type, of which the package then has exactly one package variable, whose value is the
// implementation:
//
//	//polkago:api Hello 1
//	type API interface {
//		Echo(data []byte) []byte
//	}
//
//	var api API = implementation{}
//
// Every exported method becomes an exported function named after the API and the method in snake case, such as
// Core_version and Core_execute_block. It decodes the arguments in order, of which nothing may be left over, calls the
// method, and encodes the result; several results are encoded one after the other, as a tuple. Parameters and results
// have types as package scale describes for fields. The methods of a struct are called on a new zero value of it in
// each call. Methods that are not exported take no part, nor do promoted ones.
//
// Arguments that cannot be decoded are reported to the host as a panic that names the function, the argument, the
// offset and the path, and the call traps.
//
// # The list of APIs
//
// The package gets the variable runtimeAPIs, of type [][APIVersion], with all its APIs in the order of their directives,
// files by name: what belongs into the field of the runtime version that tells the APIs.
//
// The compiler puts the same list into the custom section runtime_apis of the module. The directive //polkago:version
// before a package variable gives the section runtime_version: the variable is a runtime version, initialised by a
// composite literal whose fields are constant but for the list of APIs. Hosts read both without running the module.
//
//	//polkago:version
//	var version = primitives.RuntimeVersion{
//		SpecName: "hello",
//		...
//		APIs: runtimeAPIs,
//	}
package runtime
