import { createTheme } from '@mantine/core';

/** Behaviour of Mantine's components; what they look like is in theme.css. */
export const theme = createTheme({
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Locking the scroll works with an inline style, which the content security policy refuses.
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: 'md' } },
    Button: { defaultProps: { size: 'sm', radius: 'md' } },
    TextInput: { defaultProps: { size: 'sm', radius: 'md' } },
    PasswordInput: { defaultProps: { size: 'sm', radius: 'md' } },
    Textarea: { defaultProps: { size: 'sm', radius: 'md' } },
    NativeSelect: { defaultProps: { size: 'sm', radius: 'md' } },
  },
});
