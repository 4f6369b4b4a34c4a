/**
 * Letters that a name may begin with in each edition of XML 1.0 (appendix B of the fourth, section 2.3 of the fifth): ASCII, most of
 * Latin, and Chinese. Others are refused, because parsers differ.
 */
const start = String.raw`A-Za-z_\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u0131\u4E00-\u9FA5`;
const simple = String.raw`[${start}][${start}0-9.\u00B7-]*`;

/** The source of a regular expression for a name with or without a prefix (Namespaces in XML 1.0, QName). */
export const qualifiedName = String.raw`${simple}(?::${simple})?`;
