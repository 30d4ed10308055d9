import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import styles from './color-scheme-switch.module.css';

const schemes = [
  { value: 'auto', label: 'As the system', Icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
] as const satisfies readonly { value: MantineColorScheme; label: string; Icon: typeof IconSun }[];

/** Light, dark, or as the system has it; remembered in this browser. */
export function ColorSchemeSwitch() {
  // Mantine pauses transitions with an inline style while it switches, which the content security policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <fieldset className={styles.switch}>
      <legend className="visually-hidden">Colour scheme</legend>
      {schemes.map(({ value, label, Icon }) => (
        <label className={styles.choice} key={value} title={label}>
          <input
            type="radio"
            name="color-scheme"
            className="visually-hidden"
            checked={colorScheme === value}
            onChange={() => setColorScheme(value)}
          />
          <Icon size={16} aria-hidden />
          <span className="visually-hidden">{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
