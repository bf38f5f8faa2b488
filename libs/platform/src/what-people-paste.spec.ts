import { readEmailAddress } from './email-address.ts';
import { isMobile, readTelephone, telephoneInWords } from './telephone.ts';

describe('a telephone number', () => {
  it.each([
    ['0161 496 0122', '+441614960122'],
    ['(0161) 496-0122', '+441614960122'],
    ['0161–496–0122', '+441614960122'],
    ['+44 (0)161 496 0122', '+441614960122'],
    ['0044 161 496 0122', '+441614960122'],
    ['\u202a0161\u00a0496\u200b0122\u202c', '+441614960122'],
    ['０１６１ ４９６ ０１２２', '+441614960122'],
    ['07700 900411.', '+447700900411'],
    ['(+44) 7700 900411', '+447700900411'],
    ['0161 496 0122 (ext 12)', '+441614960122;ext=12'],
    ['0161 496 0122 Ext no 12', '+441614960122;ext=12'],
    ['0161 496 0122 option 2', '+441614960122;ext=2'],
    ['0161 496 0122 (mobile)', '+441614960122'],
    ['Mob: 07700 900411', '+447700900411'],
    ['T 0161 496 0122', '+441614960122'],
    ["'07700900411", '+447700900411'],
    ['0161_496_0122', '+441614960122'],
    ['tel:+44-7700-900411', '+447700900411'],
    ['0161 496 0122 ext 12', '+441614960122;ext=12'],
    ['0161 496 0122 x12', '+441614960122;ext=12'],
    ['+353 1 234 5678', '+35312345678'],
    ['0800 1111', '+448001111'],
  ])('is kept in E.164 however it is written: %s', (written, kept) => {
    expect(readTelephone(written)).toBe(kept);
    expect(readTelephone(kept)).toBe(kept);
  });

  it.each(['101', '999', 'ask the school', '07777777777', '01234567890', '07123456789', '496 0122', '0161 496', '0161 496 0122 or 07700 900411', '12345678901234567', ''])(
    'is refused when it cannot be dialled: %s',
    (written) => expect(readTelephone(written)).toBeNull(),
  ); // prettier-ignore

  it.each([
    ['+447700900411', true],
    ['+447911123456', true],
    ['+353871234567', true],
    ['+441614960122', false],
    ['+448001111', false],
    ['+447012345678', false],
    ['+441614960122;ext=12', false],
  ])('%s takes text messages: %s', (number, takes) => expect(isMobile(number)).toBe(takes));

  it.each([
    ['+441614960122', '0161 496 0122'],
    ['+441614960122;ext=12', '0161 496 0122 ext. 12'],
    ['+35312345678', '+353 1 234 5678'],
    ['0161 496 0122 as it was sent before', '0161 496 0122 as it was sent before'],
  ])('is read as people of here do: %s', (number, words) => expect(telephoneInWords(number)).toBe(words));
});

describe('an e-mail address', () => {
  it.each([
    ['dsl@larkspindle.example.org', 'dsl@larkspindle.example.org'],
    [' dsl@larkspindle.example.org. ', 'dsl@larkspindle.example.org'],
    ['<mailto:dsl@larkspindle.example.org>', 'dsl@larkspindle.example.org'],
    ['dsl@lark\u00adspindle.example.org\u200b', 'dsl@larkspindle.example.org'],
    ['“dsl@larkspindle.example.org”', 'dsl@larkspindle.example.org'],
    ['Dee Lee <dsl@larkspindle.example.org>', 'dsl@larkspindle.example.org'],
    ['mailto:dsl@larkspindle.example.org?subject=x', 'dsl@larkspindle.example.org'],
    ['dsl＠larkspindle.example.org', 'dsl@larkspindle.example.org'],
    ["m.o'neil+hub@school.sch.uk", "m.o'neil+hub@school.sch.uk"],
    ['ä@bücher.de', 'ä@bücher.de'],
  ])('is read as it was copied: %j', (written, address) => expect(readEmailAddress(written)).toBe(address));

  it.each([
    'a@b', 'a@localhost', 'a@school.local', 'a@mail.internal', 'a@example.invalid', 'a@127.0.0.1', 'a@[127.0.0.1]',
    'a..b@x.com', '.a@x.com', 'a.@x.com', 'a@x..com', 'a@-x.com', 'a@x_y.com', 'a@b.123', 'a b@x.com', 'a@x.com, b@y.com',
    `${'a'.repeat(65)}@x.com`, `a@${'x'.repeat(64)}.com`, 'a', '@x.com', '', 'a@home.arpa',
  ])('is refused when no server would deliver to it: %s', (written) => expect(readEmailAddress(written)).toBeNull()); // prettier-ignore
});
