/** A lead provider that nobody has a token of: what a situation needs of another provider changes no other provider's data. */
export const elsewhere = { id: '5a0d0b5e-0e15-4e4e-8e0e-e15e0b4e0001', name: 'Elsewhere Learning (sandbox only)', hint: null }
