package main

import (
	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/primitives"
)

// A genesisConfig is what a JSON document says about the state of block 0:
//
//	{
//	  "balances": {"balances": [["0x<account>", 1000000000], ...]},
//	  "system": {"sudoKey": "0x<account>"}
//	}
//
// Accounts are 32 bytes in hexadecimal. Balances are numbers, or strings of digits for clients whose numbers end at
// 2^53. Every part may be left out; what else there is in the document is an error.
type genesisConfig struct {
	balances []balance
	sudo     primitives.AccountID // zero: nobody may upgrade
}

type balance struct {
	who  primitives.AccountID
	free num.U128
}

// A genesisError says what is wrong with a document.
type genesisError string

func (e genesisError) Error() string { return string(e) }

// buildGenesis fills the empty state as a document says. The state has not changed if there is an error.
func buildGenesis(json []byte) error {
	config, err := parseGenesis(json)
	if err != nil {
		return err
	}
	storage.StartTransaction()
	if err := config.build(); err != nil {
		storage.RollbackTransaction()
		return err
	}
	storage.CommitTransaction()
	return nil
}

func (c *genesisConfig) build() error {
	var issuance num.U128
	for _, b := range c.balances {
		key := accountKey(&b.who)
		if storage.Exists(key[:]) {
			return genesisError("account " + b.who.String() + " has two balances")
		}
		if b.free.Less(existentialDeposit) {
			return genesisError("balance of account " + b.who.String() + " is less than " + existentialDeposit.String())
		}
		var ok bool
		if issuance, ok = issuance.Add(b.free); !ok {
			return genesisError("the sum of all balances is too large")
		}
		var account accountInfo
		account.credit(b.free)
		storeAccountAt(&key, &account)
	}
	storeU128(issuanceKey, issuance)
	if c.sudo != (primitives.AccountID{}) {
		storage.Set(sudoKey, c.sudo[:])
	}
	return nil
}

func parseGenesis(json []byte) (config genesisConfig, err error) {
	p := parser{text: json}
	p.object(func(field string) bool {
		switch field {
		case "balances":
			p.object(func(field string) bool {
				if field != "balances" {
					return false
				}
				p.array(func() { config.balances = append(config.balances, p.balance()) })
				return true
			})
		case "system":
			p.object(func(field string) bool {
				if field != "sudoKey" {
					return false
				}
				config.sudo = p.account()
				return true
			})
		default:
			return false
		}
		return true
	})
	return config, p.finish()
}

// balance reads a pair of an account and its balance.
func (p *parser) balance() (b balance) {
	i := 0
	p.array(func() {
		switch i++; i {
		case 1:
			b.who = p.account()
		case 2:
			b.free = p.amount()
		default:
			p.fail("a pair of an account and its balance has two parts")
		}
	})
	if i < 2 {
		p.fail("a pair of an account and its balance has two parts")
	}
	return b
}

// account reads an account in hexadecimal.
func (p *parser) account() (a primitives.AccountID) {
	text := p.string()
	if len(text) != 2+2*len(a) || text[:2] != "0x" {
		p.fail("an account is 0x and 64 hexadecimal digits")
		return a
	}
	for i := range a {
		hi, ok1 := hexDigit(text[2+2*i])
		lo, ok2 := hexDigit(text[3+2*i])
		if !ok1 || !ok2 {
			p.fail("an account is 0x and 64 hexadecimal digits")
		}
		a[i] = hi<<4 | lo
	}
	return a
}

// amount reads a number of 128 bits, in quotation marks or not.
func (p *parser) amount() num.U128 {
	var text string
	if p.peek() == '"' {
		text = p.string()
	} else {
		text = p.number()
	}
	v, err := num.ParseU128(text)
	if err != nil {
		p.fail("a balance is a whole number of at most 128 bits")
	}
	return v
}
