using System;
using System.Threading.Tasks;
using Job = Weir.Job;
using Text = System.String;
using static System.Math;
using Weir;
using Weir.Corpus;

namespace Old.Style
{
    using Numbers = System.Collections.Generic.List<int>;

    public static class Program
    {
        public static async Task Main(string[] args)
        {
            await Play.Run(job => Define(job, Feed.Of(-1, 2, -3), Caught.As<Text>()));
        }

        [Pipeline]
        private static void Define(Job job, ISource<int> source, ISink<Text> sink) => job
            .From(source)
            .Select(n => Abs(n))
            .SelectMany(n => new Numbers { n, n * 2 })
            .Where(n => Max(n, 3) > 1)
            .Select(n => Text.Concat("n", n.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            .To(sink);
    }
}
