package main

import (
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/primitives"
)

// A balancesCall is a call of the pallet Balances.
//
//polkago:scale enum
type balancesCall interface {
	dispatch(origin) primitives.DispatchOutcome
}

// A transfer moves value from the sender's account to another one, which comes to exist if it does not. Both must
// have the existential deposit afterwards: accounts never die.
//
//polkago:scale balancesCall 3
type transfer struct {
	to    primitives.MultiAddress
	value num.U128 `scale:"compact"`
}

func (c *transfer) dispatch(o origin) primitives.DispatchOutcome {
	to, ok := c.to.Account()
	if !ok {
		return failure(primitives.DispatchCannotLookup)
	}
	rest, ok := o.info.Data.Free.Sub(c.value)
	if !ok {
		return primitives.Failure(primitives.TokenFailure(primitives.TokenFundsUnavailable))
	}
	if rest.Less(existentialDeposit) {
		return primitives.Failure(primitives.TokenFailure(primitives.TokenNotExpendable))
	}
	if to == o.account {
		return primitives.Success()
	}
	toKey := accountKey(&to)
	receiver := loadAccountAt(&toKey)
	if !receiver.credit(c.value) {
		return primitives.Failure(primitives.ArithmeticFailure(primitives.ArithmeticOverflow))
	}
	if receiver.Data.Free.Less(existentialDeposit) {
		return primitives.Failure(primitives.TokenFailure(primitives.TokenBelowMinimum))
	}
	o.info.Data.Free = rest
	storeAccountAt(&toKey, &receiver)
	return primitives.Success()
}
