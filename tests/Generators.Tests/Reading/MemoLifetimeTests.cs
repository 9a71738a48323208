using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Weir.Generators.Reading;

namespace Weir.Generators.Tests.Reading;

/// <summary>What was bound must not keep alive what it was bound with: an editor makes a compilation at each keystroke.</summary>
public sealed class MemoLifetimeTests
{
    [Fact]
    public void No_compilation_is_held_beyond_its_run()
    {
        var memo = new SiteMemo();
        var trees = Solution.Of(("Numbers.cs", """
            using Weir;

            public static class Numbers
            {
                [Pipeline]
                public static void Define(Job job, ISource<int> source, ISink<int> sink) => job.From(source).Where(n => n > 1).To(sink);
            }
            """)).SyntaxTrees;
        var compilation = Run(memo, [.. trees]);
        for (var i = 0; i < 10 && compilation.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // The trees, which everything hangs on, are alive.
        Assert.False(compilation.IsAlive);
        GC.KeepAlive(trees);
        GC.KeepAlive(memo);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Run(SiteMemo memo, SyntaxTree[] trees)
    {
        var compilation = Solution.Of().RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
        Assert.NotEmpty(memo.Read(compilation, CancellationToken.None));
        return new WeakReference(compilation);
    }
}
