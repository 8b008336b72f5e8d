/** Prints where to go and whom to be. */
export function showDemo(env: NodeJS.ProcessEnv, port: number): void {
  const address = env['PUBLIC_URL'] ?? `http://127.0.0.1:${port}`
  if (env['DEMO'] !== '1') {
    console.log(`救急难已就绪 · Jiujinan is ready: ${address}`)
    return
  }
  console.log(
    [
      '',
      '救急难演示已就绪 · The Jiujinan demo is ready',
      `  网址 address          ${address}`,
      `  电话模拟器 simulator   ${address}/simulator`,
      `  密码 password         ${env['DEMO_PASSWORD'] ?? ''}   (所有演示账号相同 · the same for every demo account)`,
      '  账号 accounts         O1 坐席 operator · T1 分派台 triage · D-常乐 值班干部 duty officer · K-常乐 出纳 cashier',
      '                        C1 县民政 civil affairs · C2 县财政 finance · S1 会商秘书 secretary · ADM 管理员 administrator',
      '  河东区的账号前加 HD- · accounts of the second county begin with HD-',
      '  Ctrl-C 停止 · stops everything',
      '',
    ].join('\n'),
  )
}
