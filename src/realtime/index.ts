export { serveLive, tellRoom } from './live-server.ts'
export { roomsOf } from './rooms.ts'
