using System.Globalization;
using Weir.Bench;

switch (args)
{
    case [] or ["memory", ..]:
        MemoryBench.Run(Console.Out, args is [_, var only] ? only : "");
        break;
    case ["files", .. var rest]:
        FileBench.Run(Console.Out, rest is [var rows] ? long.Parse(rows, CultureInfo.InvariantCulture) : 50_000_000);
        break;
    default:
        Console.Error.WriteLine("usage: [memory [WORKLOAD] | files [ROWS]]");
        return 1;
}

return 0;
