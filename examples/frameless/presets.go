package main

import "polkago.dev/sdk/scale"

// presetNames are the names of the genesis documents that the runtime brings.
var presetNames = []string{"development"}

// preset returns a genesis document by its name. The empty name stands for a document that changes nothing, for
// tools that begin with the default of every part.
func preset(name string) scale.Option[[]byte] {
	switch name {
	case "":
		return scale.Some([]byte(`{"balances":{"balances":[]},"system":{}}`))
	case "development":
		return scale.Some([]byte(development))
	}
	return scale.None[[]byte]()
}

// development has the accounts that every developer has the keys of: Alice, Bob, Charlie, Dave, Eve and Ferdie.
// Alice may upgrade the runtime.
const development = `{
  "balances": {
    "balances": [
      ["0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d", 1000000000000000000],
      ["0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48", 1000000000000000000],
      ["0x90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22", 1000000000000000000],
      ["0x306721211d5404bd9da88e0204360a1a9ab8b87c66c1bc2fcdd37f3c2222cc20", 1000000000000000000],
      ["0xe659a7a1628cdd93febc04a4e0646ea20e9f5f0ce097d9a05290d4a9e054df4e", 1000000000000000000],
      ["0x1cbd2d43530a44705ad088af313e18f80b53ef16b36177cd4b77b846f2a5f07c", 1000000000000000000]
    ]
  },
  "system": {
    "sudoKey": "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"
  }
}`
