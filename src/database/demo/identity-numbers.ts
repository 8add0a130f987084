const residentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/**
 * A resident identity number by GB 11643: six digits of the region, `born` (YYYY-MM-DD) in digits 7–14, a serial
 * (0–999) whose last digit is odd for men and even for women, and the check character of ISO 7064 MOD 11-2.
 */
export function residentId(region: string, born: string, sex: "M" | "F", serial: number): string {
  const parity = sex === "M" ? 1 : 0;
  const sequence = (serial - (serial % 2) + parity).toString().padStart(3, "0");
  const body = `${region}${born.replaceAll("-", "")}${sequence}`;
  const sum = residentWeights.reduce((total, weight, place) => total + weight * Number(body[place]), 0);
  return body + "10X98765432".charAt(sum % 11);
}

const creditCodeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const creditCodeWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** The unified social credit code of an enterprise by GB 32100, which is its tax id too; `number` has up to 8 digits. */
export function creditCode(region: string, number: number): string {
  const body = `91${region}${organisationCode(number)}`;
  const sum = creditCodeWeights.reduce(
    (total, weight, place) => total + weight * creditCodeAlphabet.indexOf(body.charAt(place)),
    0,
  );
  return body + creditCodeAlphabet.charAt((31 - (sum % 31)) % 31);
}

/** Eight digits and the check character of GB 11714. */
function organisationCode(number: number): string {
  const digits = number.toString().padStart(8, "0");
  const sum = [3, 7, 9, 10, 5, 8, 4, 2].reduce(
    (total, weight, place) => total + weight * Number(digits[place]),
    0,
  );
  return digits + "0X987654321".charAt(sum % 11);
}

/** A card number: the bank's six digits, twelve of the account, the Luhn check digit. */
export function cardNumber(bank: string, account: number): string {
  const body = bank + account.toString().padStart(12, "0");
  const sum = [...body].reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return body + ((10 - (sum % 10)) % 10);
}
