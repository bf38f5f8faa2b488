/** A person who left has no e-mail address after a while. */
export const addressInWords = (email: string) => (email === '' ? 'Removed' : email);
