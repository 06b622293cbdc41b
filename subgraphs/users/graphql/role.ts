import type { Role as RoleName } from '@waybill/kernel/identity.js';
import { registerEnumType } from 'type-graphql';

export const Role: Record<RoleName, RoleName> = {
  CUSTOMER: 'CUSTOMER',
  STAFF: 'STAFF',
  MANAGER: 'MANAGER',
  ADMIN: 'ADMIN',
};

registerEnumType(Role, {
  name: 'Role',
  description: 'What somebody may do. A user can have several roles.',
  valuesConfig: {
    CUSTOMER: { description: 'Buys, and sees what is their own.' },
    STAFF: { description: 'Runs the shop: sees every customer and order, keeps the catalog.' },
    MANAGER: { description: 'May do what staff may, and approves what needs two people.' },
    ADMIN: { description: 'May do what managers may, assigns roles, and reads what was done.' },
  },
});
