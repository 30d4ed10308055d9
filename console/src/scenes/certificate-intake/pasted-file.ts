import type { UploadedFiles } from '../../api/certificate-intake.ts';

/** Pasted text as the file that it stands for; none where nothing was pasted. */
export function pastedFile(text: string): UploadedFiles {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const bytes = new TextEncoder().encode(`${trimmed}\n`);
  return [{ name: 'pasted.pem', base64: btoa(String.fromCodePoint(...bytes)) }];
}
