// reports: WEIR0001
using Weir;
using Weir.Corpus;


await Play.Run(job => Define(job));
Play.Say("built");

[Pipeline]
static void Define(Job job) => job.From(Feed.Of(1)).To(Caught.As<int>());
