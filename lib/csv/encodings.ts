/** The encodings a file may be read with, as TextDecoder names them, with their names for people. */
export const encodings = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16, little endian",
  "utf-16be": "UTF-16, big endian",
  "windows-1252": "Windows Western European (1252)",
  "windows-1250": "Windows Central European (1250)",
  "windows-1251": "Windows Cyrillic (1251)",
  "windows-1253": "Windows Greek (1253)",
  "windows-1254": "Windows Turkish (1254)",
  "windows-1255": "Windows Hebrew (1255)",
  "windows-1256": "Windows Arabic (1256)",
  "windows-1257": "Windows Baltic (1257)",
  "iso-8859-2": "ISO Central European (8859-2)",
  "iso-8859-5": "ISO Cyrillic (8859-5)",
  "iso-8859-7": "ISO Greek (8859-7)",
  "iso-8859-15": "ISO Western European (8859-15)",
  macintosh: "Mac OS Roman",
  shift_jis: "Japanese (Shift JIS)",
  gbk: "Chinese (GBK)",
  big5: "Chinese (Big5)",
  "euc-kr": "Korean (EUC-KR)",
} as const;

export type EncodingName = keyof typeof encodings;

export const encodingNames = Object.keys(encodings) as readonly EncodingName[];
