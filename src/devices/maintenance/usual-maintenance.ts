/** How often a device is maintained, in days, unless its file says otherwise (S000-4.4a, rulebook 0.3). */
export const usualMaintenanceDays = 90;
