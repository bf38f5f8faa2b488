/** The agencies as a select shows them. @param none what it says while no agency is chosen */
export function agencyChoices(
  agencies: readonly { readonly id: string; readonly name: string }[],
  none: string,
  chosen: string | undefined,
) {
  return [
    { value: '', text: none },
    ...agencies.map(({ id, name }) => ({ value: id, text: name, selected: id === chosen })),
  ];
}
