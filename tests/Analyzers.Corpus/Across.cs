using Weir;

namespace Corpus;

public static class Across
{
    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades) => job.From(trades)
        .Where(t => Clockwork.IsLate(t))
        .Select(t => t.Stamped())
        .Select(Clockwork.Group);
}
