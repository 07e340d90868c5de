declare const lock: unique symbol

/** A row that this transaction holds until its end. Only the functions that lock it make one, so who needs it is called with the lock held. */
export type Locked<Row, Name extends string> = Row & { readonly [lock]: Name }
